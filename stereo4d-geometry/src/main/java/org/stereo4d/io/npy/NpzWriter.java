package org.stereo4d.io.npy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Check;

/**
 * Writes a {@code .npz} archive that NumPy reads; the file appears when all of it is written.
 *
 * <p>The same arrays give the same bytes: entries carry the earliest date a zip archive can hold.
 */
public final class NpzWriter {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final LocalDateTime EARLIEST = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ZipOutputStream zip;
  private final Compression compression;
  private final Set<String> names = new HashSet<>();

  private NpzWriter(ZipOutputStream zip, Compression compression) {
    this.zip = zip;
    this.compression = compression;
  }

  /** Whether arrays are compressed. */
  public enum Compression {
    /** As {@code numpy.savez} does: larger, fastest to read. */
    STORED,
    /** As {@code numpy.savez_compressed} does. */
    DEFLATED
  }

  /** Adds arrays to an archive. */
  @FunctionalInterface
  public interface Body {
    /** Adds every array; nothing appears when this throws. */
    void write(NpzWriter npz) throws IOException;
  }

  /** Writes an archive, one array at a time. */
  public static void write(Path target, Compression compression, Body body) throws IOException {
    AtomicOutput.write(target, out -> write(out, compression, body));
  }

  /** Writes a compressed archive. */
  public static void write(Path target, Map<String, NpyArray> arrays) throws IOException {
    write(
        target,
        Compression.DEFLATED,
        npz -> {
          for (Map.Entry<String, NpyArray> entry : arrays.entrySet()) {
            npz.add(entry.getKey(), entry.getValue());
          }
        });
  }

  /** Gives the values of an array piece by piece. */
  @FunctionalInterface
  public interface Pieces {
    /** The next values in C order, any number of them. */
    float[] next() throws IOException;
  }

  private static void write(OutputStream out, Compression compression, Body body)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    body.write(new NpzWriter(zip, compression));
    zip.finish();
  }

  /**
   * Adds an array.
   *
   * @param name not blank, not used before in this archive
   */
  public NpzWriter add(String name, NpyArray array) throws IOException {
    Check.that(!name.isBlank(), "name must not be blank, was '%s'", name);
    Check.that(names.add(name), "name must be new in the archive, was '%s' again", name);
    ZipEntry entry = new ZipEntry(name + ".npy");
    entry.setTimeLocal(EARLIEST);
    if (compression == Compression.STORED) {
      CRC32 crc = new CRC32();
      array.writeTo(new CheckedOutputStream(OutputStream.nullOutputStream(), crc));
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(array.fileBytes());
      entry.setCrc(crc.getValue());
    } else {
      entry.setMethod(ZipEntry.DEFLATED);
    }
    zip.putNextEntry(entry);
    array.writeTo(zip);
    zip.closeEntry();
    return this;
  }

  /**
   * Adds an array of real numbers that need not fit into memory, compressed in any archive.
   *
   * @param name not blank, not used before in this archive
   * @param type {@link NpyType#FLOAT32} or {@link NpyType#FLOAT64}
   * @param shape sizes, {@code >= 0}
   * @param pieces asked until the array is full; a piece must not reach beyond its end
   */
  public NpzWriter add(String name, NpyType type, int[] shape, Pieces pieces) throws IOException {
    Check.that(
        type == NpyType.FLOAT32 || type == NpyType.FLOAT64,
        "type must be float32 or float64, was %s",
        type);
    Check.that(!name.isBlank(), "name must not be blank, was '%s'", name);
    Check.that(names.add(name), "name must be new in the archive, was '%s' again", name);
    ZipEntry entry = new ZipEntry(name + ".npy");
    entry.setTimeLocal(EARLIEST);
    entry.setMethod(ZipEntry.DEFLATED);
    zip.putNextEntry(entry);
    int bytes = type == NpyType.FLOAT32 ? Float.BYTES : Double.BYTES;
    NpyHeader.write(zip, type, bytes, shape);
    long left = NpyHeader.product(shape);
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (left > 0) {
      float[] piece = pieces.next();
      Check.that(
          piece.length > 0 && piece.length <= left,
          "a piece of '%s' must have 1 to %s values, had %s",
          name,
          left,
          piece.length);
      write(piece, type == NpyType.FLOAT64, buffer);
      left -= piece.length;
    }
    zip.closeEntry();
    return this;
  }

  private void write(float[] piece, boolean isDouble, ByteBuffer buffer) throws IOException {
    int step = buffer.capacity() / (isDouble ? Double.BYTES : Float.BYTES);
    for (int start = 0; start < piece.length; start += step) {
      buffer.clear();
      for (int i = start; i < Math.min(piece.length, start + step); i++) {
        if (isDouble) {
          buffer.putDouble(piece[i]);
        } else {
          buffer.putFloat(piece[i]);
        }
      }
      zip.write(buffer.array(), 0, buffer.position());
    }
  }
}
