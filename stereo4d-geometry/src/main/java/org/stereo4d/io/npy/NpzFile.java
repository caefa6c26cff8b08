package org.stereo4d.io.npy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.stereo4d.io.zip.ZipArchive;
import org.stereo4d.io.zip.ZipMember;
import org.stereo4d.run.Limits;

/**
 * An open {@code .npz} archive: named arrays, read one at a time.
 *
 * <p>Getters convert as {@link NpyArray} does, straight from the file into one new array. Every
 * failure is an {@link IOException} that names file, field and what was expected.
 */
public final class NpzFile implements AutoCloseable {
  private static final String SUFFIX = ".npy";

  private final ZipArchive archive;
  private final Limits limits;

  private NpzFile(ZipArchive archive, Limits limits) {
    this.archive = archive;
    this.limits = limits;
  }

  /** Opens an archive under the default limits. */
  public static NpzFile open(Path path) throws IOException {
    return open(path, Limits.DEFAULTS);
  }

  /** Opens an archive. */
  public static NpzFile open(Path path, Limits limits) throws IOException {
    return new NpzFile(ZipArchive.open(path, limits), limits);
  }

  /** The file. */
  public Path path() {
    return archive.path();
  }

  /** Names of the arrays, in the order of the file. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (ZipMember member : archive.members()) {
      String name = member.name();
      if (name.endsWith(SUFFIX)) {
        names.add(name.substring(0, name.length() - SUFFIX.length()));
      }
    }
    return names;
  }

  /** Whether there is an array of a name. */
  public boolean has(String name) {
    return archive.member(name + SUFFIX).isPresent();
  }

  /** Opens an array for reading in pieces. */
  public NpyStream stream(String name) throws IOException {
    ZipMember member =
        archive
            .member(name + SUFFIX)
            .orElseThrow(
                () -> new IOException(what(name) + " is missing, the file has " + names()));
    return NpyStream.open(archive.read(member), member.bytes(), limits, what(name));
  }

  private String what(String name) {
    return archive.path() + ": field '" + name + "'";
  }

  /** Sizes of an array. */
  public int[] shape(String name) throws IOException {
    try (NpyStream stream = stream(name)) {
      return stream.shape();
    }
  }

  /** Element type of an array. */
  public NpyType type(String name) throws IOException {
    try (NpyStream stream = stream(name)) {
      return stream.type();
    }
  }

  /**
   * The shape of an array, which must match.
   *
   * @param expected one size per dimension; negative for any size
   */
  public int[] requireShape(String name, int... expected) throws IOException {
    int[] shape = shape(name);
    boolean fits = shape.length == expected.length;
    for (int d = 0; fits && d < shape.length; d++) {
      fits = expected[d] < 0 || expected[d] == shape[d];
    }
    if (!fits) {
      throw new IOException(
          what(name)
              + " has shape "
              + NpyHeader.shapeText(shape)
              + ", expected "
              + NpyHeader.shapeText(expected).replaceAll("-\\d+", "any"));
    }
    return shape;
  }

  /** An array as it is. */
  public NpyArray array(String name) throws IOException {
    try (NpyStream stream = stream(name)) {
      return NpyArray.read(stream);
    }
  }

  /** Real numbers as doubles. */
  public double[] doubles(String name) throws IOException {
    return (double[]) readAll(name, double.class);
  }

  /** Real numbers rounded to float. */
  public float[] floats(String name) throws IOException {
    return (float[]) readAll(name, float.class);
  }

  /** Integers that fit 32 bits. */
  public int[] ints(String name) throws IOException {
    return (int[]) readAll(name, int.class);
  }

  /** Integers that fit 64 bits. */
  public long[] longs(String name) throws IOException {
    return (long[]) readAll(name, long.class);
  }

  /** Flags; integers must be 0 or 1. */
  public boolean[] booleans(String name) throws IOException {
    return (boolean[]) readAll(name, boolean.class);
  }

  /** 8-bit integers, signed or not, as they are. */
  public byte[] bytes(String name) throws IOException {
    return (byte[]) readAll(name, byte.class);
  }

  /** Text, from U or S arrays. */
  public String[] strings(String name) throws IOException {
    NpyArray array = array(name);
    if (!array.type().isText()) {
      throw new IOException(what(name) + ": is " + array.type() + ", expected text");
    }
    return array.strings();
  }

  /** The only element of an array, a real number. */
  public double number(String name) throws IOException {
    requireOne(name);
    return doubles(name)[0];
  }

  /** The only element of an array, an integer. */
  public long integer(String name) throws IOException {
    requireOne(name);
    return longs(name)[0];
  }

  /** The only element of an array, a text. */
  public String text(String name) throws IOException {
    requireOne(name);
    return strings(name)[0];
  }

  private void requireOne(String name) throws IOException {
    int[] shape = shape(name);
    if (Arrays.stream(shape).anyMatch(side -> side != 1)) {
      throw new IOException(
          what(name) + " has shape " + NpyHeader.shapeText(shape) + ", expected one element");
    }
  }

  private Object readAll(String name, Class<?> kind) throws IOException {
    try (NpyStream stream = stream(name)) {
      return stream.readAll(kind);
    }
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }
}
