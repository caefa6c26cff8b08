package org.stereo4d.io.png;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.stereo4d.run.Limits;

/** Reads one file: chunks, inflation, row filters, then {@link PngPixels}. */
final class PngDecoder {
  private static final int MAX_SMALL_CHUNK = 1 << 20;

  /** A deflated byte codes at most this many bytes. */
  private static final long MAX_DEFLATE_RATIO = 1032;

  /** Adam7: first column, first row, column step, row step of each pass. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private static final int[][] WHOLE = {{0, 0, 1, 1}};

  private final InputStream in;
  private final long fileBytes;
  private final Limits limits;
  private final String what;
  private final Map<String, String> text = new LinkedHashMap<>();

  PngDecoder(InputStream in, long fileBytes, Limits limits, String what) {
    this.in = in;
    this.fileBytes = fileBytes;
    this.limits = limits;
    this.what = what;
  }

  PngImage decode() throws IOException {
    PngChunks chunks = new PngChunks(in, what);
    chunks.next();
    if (!chunks.type().equals("IHDR")) {
      throw new IOException(what + ": begins with chunk " + chunks.type() + ", expected IHDR");
    }
    PngHeader header = PngHeader.parse(chunks.readAll(MAX_SMALL_CHUNK), limits, what);
    byte[] palette = {};
    byte[] transparency = {};
    chunks.next();
    while (!chunks.type().equals("IDAT")) {
      switch (chunks.type()) {
        case "PLTE" -> palette = chunks.readAll(3 * 256);
        case "tRNS" -> transparency = chunks.readAll(256);
        default -> readOther(chunks);
      }
      chunks.next();
    }
    PngPixels pixels = new PngPixels(header, palette, transparency, what);
    requirePossible(header);
    pixels.allocate();
    readPixels(chunks, header, pixels);
    while (!chunks.type().equals("IEND")) {
      if (!chunks.type().equals("IDAT")) {
        readOther(chunks);
      }
      chunks.next();
    }
    return pixels.image(text);
  }

  private void readOther(PngChunks chunks) throws IOException {
    switch (chunks.type()) {
      case "tEXt", "zTXt", "iTXt" ->
          PngText.parse(chunks.type(), chunks.readAll(MAX_SMALL_CHUNK), text);
      case "IEND" -> throw new IOException(what + ": ends without pixels (no IDAT)");
      default -> {
        if (Character.isUpperCase(chunks.type().charAt(0))) {
          throw new IOException(what + ": critical chunk " + chunks.type() + " is not known");
        }
      }
    }
  }

  private void requirePossible(PngHeader header) throws IOException {
    long raw = (1L + header.rowBytes(header.size().width())) * header.size().height();
    if (raw / MAX_DEFLATE_RATIO > fileBytes) {
      throw new IOException(
          what
              + ": claims "
              + header.size()
              + " pixels, more than its "
              + fileBytes
              + " bytes hold");
    }
  }

  private void readPixels(PngChunks chunks, PngHeader header, PngPixels pixels) throws IOException {
    Inflater inflater = new Inflater();
    try {
      InputStream rows = new InflaterInputStream(new DataOf(chunks), inflater, 1 << 15);
      for (int[] pass : header.interlaced() ? PASSES : WHOLE) {
        int width = (header.size().width() - pass[0] + pass[2] - 1) / pass[2];
        if (width > 0) {
          readPass(rows, header, pixels, pass, width);
        }
      }
    } catch (ZipException | EOFException e) {
      throw new IOException(what + ": pixel data is damaged or cut off: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  private void readPass(InputStream rows, PngHeader header, PngPixels pixels, int[] pass, int width)
      throws IOException {
    int rowBytes = header.rowBytes(width);
    byte[] row = new byte[rowBytes];
    byte[] above = new byte[rowBytes];
    for (int y = pass[1]; y < header.size().height(); y += pass[3]) {
      int filter = rows.read();
      if (filter < 0 || rows.readNBytes(row, 0, rowBytes) < rowBytes) {
        throw new EOFException("row " + y + " is missing");
      }
      unfilter(filter, row, above, header.filterStep());
      pixels.putRow(row, width, pass[0], y, pass[2]);
      byte[] swap = above;
      above = row;
      row = swap;
    }
  }

  private void unfilter(int filter, byte[] row, byte[] above, int step) throws IOException {
    switch (filter) {
      case 0 -> {}
      case 1 -> {
        for (int i = step; i < row.length; i++) {
          row[i] += row[i - step];
        }
      }
      case 2 -> {
        for (int i = 0; i < row.length; i++) {
          row[i] += above[i];
        }
      }
      case 3 -> {
        for (int i = 0; i < row.length; i++) {
          int left = i < step ? 0 : row[i - step] & 0xff;
          row[i] += (byte) ((left + (above[i] & 0xff)) >> 1);
        }
      }
      case 4 -> {
        for (int i = 0; i < row.length; i++) {
          int left = i < step ? 0 : row[i - step] & 0xff;
          int corner = i < step ? 0 : above[i - step] & 0xff;
          row[i] += (byte) paeth(left, above[i] & 0xff, corner);
        }
      }
      default -> throw new IOException(what + ": row filter is " + filter + ", expected 0 to 4");
    }
  }

  /** The neighbour nearest to {@code left + above - corner}; ties in that order. */
  static int paeth(int left, int above, int corner) {
    int toLeft = Math.abs(above - corner);
    int toAbove = Math.abs(left - corner);
    int toCorner = Math.abs(left + above - 2 * corner);
    if (toLeft <= toAbove && toLeft <= toCorner) {
      return left;
    }
    return toAbove <= toCorner ? above : corner;
  }

  /** The data of consecutive IDAT chunks. */
  private static final class DataOf extends InputStream {
    private final PngChunks chunks;

    DataOf(PngChunks chunks) {
      this.chunks = chunks;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      while (chunks.type().equals("IDAT")) {
        int n = chunks.read(into, offset, length);
        if (n >= 0) {
          return n;
        }
        chunks.next();
      }
      return -1;
    }
  }
}
