package org.stereo4d.io.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.stereo4d.io.container.Mp4File.Top;

/** Puts a changed {@code moov} back and moves every absolute offset that points behind it. */
final class Mp4Relocation {
  private static final int LEAST_FREE_BYTES = 8;

  private final FileChannel channel;
  private final Path path;
  private final List<Top> tops;
  private final Top moovTop;
  private final Mp4Box moov;

  Mp4Relocation(FileChannel channel, Path path, List<Top> tops, Top moovTop, Mp4Box moov) {
    this.channel = channel;
    this.path = path;
    this.tops = tops;
    this.moovTop = moovTop;
    this.moov = moov;
  }

  /** Loads a top-level box. */
  interface Loader {
    Mp4Box load(Top top) throws IOException;
  }

  Splice splice(Loader loader) throws IOException {
    long growth = moov.size() - moovTop.size();
    int next = tops.indexOf(moovTop) + 1;
    long spare = next < tops.size() && isFree(tops.get(next)) ? tops.get(next).size() : 0;
    Splice out = new Splice(channel).copy(0, moovTop.offset());
    long left = spare - growth;
    if (growth == 0 || left == 0 || left >= LEAST_FREE_BYTES && left <= Integer.MAX_VALUE) {
      out.add(moov.toBytes());
      if (growth != 0 && left > 0) {
        out.add(new Mp4Box("free", new byte[(int) left - LEAST_FREE_BYTES]).toBytes());
      }
      long resume = moovTop.end() + (growth == 0 ? 0 : spare);
      return out.copy(resume, channel.size() - resume);
    }
    long shift = moveChunkOffsets();
    out.add(moov.toBytes());
    long copied = moovTop.end();
    for (Top top : tops.subList(next, tops.size())) {
      boolean fragment = top.type().equals("moof");
      if (fragment || top.type().equals("mfra")) {
        Mp4Box box = loader.load(top);
        if (fragment ? moveFragment(box, shift) : moveIndex(box, shift)) {
          out.copy(copied, top.offset() - copied).add(box.toBytes());
          copied = top.end();
        }
      }
    }
    return out.copy(copied, channel.size() - copied);
  }

  private static boolean isFree(Top top) {
    return top.type().equals("free") || top.type().equals("skip");
  }

  /** Moves stco, co64 and saio of all tracks; a table that overflows becomes 64 bits wide. */
  private long moveChunkOffsets() throws IOException {
    List<OffsetTable> tables = new ArrayList<>();
    for (Mp4Box trak : moov.children()) {
      for (Mp4Box box : trak.at("mdia", "minf", "stbl").map(Mp4Box::children).orElse(List.of())) {
        if (List.of("stco", "co64", "saio").contains(box.type())) {
          tables.add(OffsetTable.of(box, path));
        }
      }
    }
    long shift;
    do { // a table that widens makes moov larger, which moves everything once more
      shift = moov.size() - moovTop.size();
      for (OffsetTable table : tables) {
        table.move(shift, moovTop.end());
      }
    } while (moov.size() - moovTop.size() != shift);
    return shift;
  }

  /** Moves the base offset of a fragment's tracks; false when none is absolute. */
  private boolean moveFragment(Mp4Box moof, long shift) throws IOException {
    boolean moved = false;
    for (Mp4Box traf : moof.children()) {
      for (Mp4Box tfhd : traf.children()) {
        byte[] lead = tfhd.lead();
        if (tfhd.type().equals("tfhd") && lead.length >= 16 && (lead[3] & 1) != 0) {
          ByteBuffer fields = ByteBuffer.wrap(lead);
          fields.putLong(8, moved(fields.getLong(8), shift));
          moved = true;
        }
      }
    }
    return moved;
  }

  private long moved(long offset, long shift) {
    return offset >= moovTop.end() ? offset + shift : offset;
  }

  /** Moves the offsets of fragments in the random access index. */
  private boolean moveIndex(Mp4Box mfra, long shift) throws IOException {
    for (Mp4Box tfra : mfra.children()) {
      if (!tfra.type().equals("tfra")) {
        continue;
      }
      byte[] lead = tfra.lead();
      if (lead.length < 16) {
        throw new IOException(path + ": box 'tfra' has " + lead.length + " bytes, expected 16");
      }
      ByteBuffer fields = ByteBuffer.wrap(lead);
      boolean wide = lead[0] == 1;
      int numbers = fields.getInt(8);
      int tail = 3 + (numbers >> 4 & 3) + (numbers >> 2 & 3) + (numbers & 3);
      int stride = (wide ? 16 : 8) + tail;
      long count = fields.getInt(12) & 0xffffffffL;
      if (16 + count * stride > lead.length) {
        throw new IOException(path + ": box 'tfra' has " + count + " entries, ends before");
      }
      for (int i = 0, at = 16; i < count; i++, at += stride) {
        if (wide) {
          fields.putLong(at + 8, moved(fields.getLong(at + 8), shift));
        } else {
          long offset = moved(fields.getInt(at + 4) & 0xffffffffL, shift);
          if (offset > 0xffffffffL) {
            throw new IOException(path + ": box 'tfra' has 32-bit offsets that would overflow");
          }
          fields.putInt(at + 4, (int) offset);
        }
      }
    }
    return true;
  }
}
