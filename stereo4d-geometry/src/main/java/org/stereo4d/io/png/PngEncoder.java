package org.stereo4d.io.png;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes one picture. Each row takes the filter of the smallest sum of absolute differences, the
 * heuristic of the standard (section 12.7).
 */
final class PngEncoder {
  private static final int DATA_CHUNK_BYTES = 1 << 16;

  /** Rows are filtered already; higher levels cost much time for a few percent. */
  private static final int DEFLATE_LEVEL = 4;

  private static final int FILTERS = 5;

  private final PngImage image;
  private final int rowBytes;
  private final int step;

  PngEncoder(PngImage image) {
    this.image = image;
    this.step = image.channels() * image.bitsPerSample() / 8;
    this.rowBytes = image.size().width() * step;
  }

  void encode(OutputStream out) throws IOException {
    out.write(PngChunks.SIGNATURE);
    int[] types = {PngHeader.GRAY, PngHeader.GRAY_ALPHA, PngHeader.RGB, PngHeader.RGBA};
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(image.size().width()).putInt(image.size().height());
    header.put((byte) image.bitsPerSample()).put((byte) types[image.channels() - 1]);
    chunk(out, "IHDR", header.array(), 13);
    for (Map.Entry<String, String> entry : new TreeMap<>(image.text()).entrySet()) {
      byte[] data = PngText.format(entry.getKey(), entry.getValue());
      chunk(out, PngText.typeOf(entry.getValue()), data, data.length);
    }
    writePixels(out);
    chunk(out, "IEND", new byte[0], 0);
  }

  private static void chunk(OutputStream out, String type, byte[] data, int length)
      throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data, 0, length);
    out.write(ByteBuffer.allocate(8).putInt(length).put(name).array());
    out.write(data, 0, length);
    out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  private void writePixels(OutputStream out) throws IOException {
    Deflater deflater = new Deflater(DEFLATE_LEVEL);
    try {
      DeflaterOutputStream data =
          new DeflaterOutputStream(new DataChunks(out), deflater, DATA_CHUNK_BYTES);
      byte[] row = new byte[rowBytes];
      byte[] above = new byte[rowBytes];
      byte[][] candidates = new byte[FILTERS][rowBytes];
      for (int y = 0; y < image.size().height(); y++) {
        copyRow(y, row);
        int filter = bestFilter(row, above, candidates);
        data.write(filter);
        data.write(candidates[filter]);
        byte[] swap = above;
        above = row;
        row = swap;
      }
      data.finish();
      data.flush();
    } finally {
      deflater.end();
    }
  }

  private void copyRow(int y, byte[] row) {
    if (image.bitsPerSample() == 8) {
      System.arraycopy(image.samples8(), y * rowBytes, row, 0, rowBytes);
      return;
    }
    int from = y * (rowBytes / 2);
    for (int i = 0; i < rowBytes / 2; i++) {
      short v = image.samples16()[from + i];
      row[2 * i] = (byte) (v >> 8);
      row[2 * i + 1] = (byte) v;
    }
  }

  private int bestFilter(byte[] row, byte[] above, byte[][] candidates) {
    long[] costs = new long[FILTERS];
    for (int i = 0; i < rowBytes; i++) {
      int value = row[i];
      int left = i < step ? 0 : row[i - step] & 0xff;
      int up = above[i] & 0xff;
      int corner = i < step ? 0 : above[i - step] & 0xff;
      candidates[0][i] = (byte) value;
      candidates[1][i] = (byte) (value - left);
      candidates[2][i] = (byte) (value - up);
      candidates[3][i] = (byte) (value - ((left + up) >> 1));
      candidates[4][i] = (byte) (value - PngDecoder.paeth(left, up, corner));
      for (int f = 0; f < FILTERS; f++) {
        costs[f] += Math.abs(candidates[f][i]);
      }
    }
    int best = 0;
    for (int f = 1; f < FILTERS; f++) {
      best = costs[f] < costs[best] ? f : best;
    }
    return best;
  }

  /** Turns each block of compressed bytes into an IDAT chunk. */
  private static final class DataChunks extends OutputStream {
    private final OutputStream out;

    DataChunks(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
      byte[] block =
          offset == 0 ? data : java.util.Arrays.copyOfRange(data, offset, offset + length);
      chunk(out, "IDAT", block, length);
    }
  }
}
