package org.stereo4d.io.npy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import org.stereo4d.run.Check;
import org.stereo4d.run.Limits;

/**
 * An array read in pieces, in the order of its elements; memory is one buffer whatever its size.
 *
 * <p>Values are converted to the array given: any real number to double or float, integers to int
 * or long when they fit, 0 and 1 to boolean.
 */
public final class NpyStream implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final NpyHeader header;
  private final Limits limits;
  private final String what;
  private final byte[] buffer;
  private final int bufferItems;
  private long left;

  private NpyStream(InputStream in, NpyHeader header, Limits limits, String what) {
    this.in = in;
    this.header = header;
    this.limits = limits;
    this.what = what;
    this.left = header.count();
    this.bufferItems = Math.max(1, BUFFER_BYTES / Math.max(1, header.itemBytes()));
    this.buffer = new byte[bufferItems * header.itemBytes()];
  }

  /**
   * Reads the header of an array of a known size in bytes.
   *
   * @param what file and field, the beginning of messages
   */
  static NpyStream open(InputStream in, long bytes, Limits limits, String what) throws IOException {
    NpyHeader header = NpyHeader.read(in, what);
    long available = bytes - header.headerBytes();
    long count = header.count();
    int item = header.itemBytes();
    boolean fits = item == 0 ? count <= 1 : count <= available / item;
    if (!fits || count * item != available) {
      throw new IOException(
          what
              + ": is "
              + header.describe()
              + " with "
              + item
              + " bytes each, but has "
              + available
              + " bytes of data");
    }
    limits.requireBytes(count * item, what);
    return new NpyStream(in, header, limits, what);
  }

  /** Element type in the file. */
  public NpyType type() {
    return header.type();
  }

  /** Sizes. */
  public int[] shape() {
    return header.shape().clone();
  }

  /** Elements not yet read. */
  public long remaining() {
    return left;
  }

  NpyHeader header() {
    return header;
  }

  /** Reads the next elements of real numbers. */
  public void read(double[] into, int offset, int count) throws IOException {
    readPiece(into, offset, count, into.length);
  }

  /** Reads the next elements of real numbers, rounded to float. */
  public void read(float[] into, int offset, int count) throws IOException {
    readPiece(into, offset, count, into.length);
  }

  /** Reads the next elements of integers. */
  public void read(int[] into, int offset, int count) throws IOException {
    readPiece(into, offset, count, into.length);
  }

  /** Reads the next elements of 8-bit integers, signed or not, as they are. */
  public void read(byte[] into, int offset, int count) throws IOException {
    readPiece(into, offset, count, into.length);
  }

  /** Reads the next elements of flags. */
  public void read(boolean[] into, int offset, int count) throws IOException {
    readPiece(into, offset, count, into.length);
  }

  private void readPiece(Object into, int offset, int count, int length) throws IOException {
    Check.that(
        offset >= 0 && count >= 0 && offset <= length - count && count <= left,
        "%s: %s elements at %s must fit %s and the %s left",
        what,
        count,
        offset,
        length,
        left);
    if (header.fortranOrder() && header.shape().length > 1 && header.count() > 0) {
      throw new IOException(
          what + ": is in Fortran order and cannot be read in pieces, only as a whole");
    }
    readInOrder(into, offset, count, false);
  }

  /** Reads all elements as they are held, see the package documentation; in C order. */
  Object readAll() throws IOException {
    return readAll(header.type().allocate(0).getClass().getComponentType(), header.lanes(), true);
  }

  /** Reads all elements converted to an array of a component type, in C order. */
  Object readAll(Class<?> kind) throws IOException {
    return readAll(kind, 1, false);
  }

  private Object readAll(Class<?> kind, int lanes, boolean held) throws IOException {
    long values = header.count() * lanes;
    limits.requireBytes(values * bytesOf(kind), what);
    if (values > Integer.MAX_VALUE - 8) {
      throw new IOException(what + ": is " + header.describe() + ", too many for one Java array");
    }
    Object out = allocate(kind, (int) values);
    if (header.fortranOrder() && header.shape().length > 1) {
      readTransposed(out, kind, lanes, held);
    } else {
      readInOrder(out, 0, (int) header.count(), held);
    }
    requireEnd();
    return out;
  }

  private static int bytesOf(Class<?> kind) {
    return kind == double.class || kind == long.class || kind == String.class
        ? 8
        : kind == float.class || kind == int.class ? 4 : kind == short.class ? 2 : 1;
  }

  private Object allocate(Class<?> kind, int values) throws IOException {
    try {
      return Array.newInstance(kind, values);
    } catch (OutOfMemoryError e) {
      // one failed request for one array: nothing else is lost, and the file is to blame
      throw new IOException(what + ": is " + header.describe() + ", too large for the heap", e);
    }
  }

  private void readInOrder(Object into, int offset, int count, boolean held) throws IOException {
    int lanes = held ? header.lanes() : 1;
    boolean direct = held || NpyCast.isIdentity(header.type(), into);
    int scratchItems = direct ? 0 : Math.min(count, bufferItems);
    Object scratch = header.type().allocate(scratchItems * header.lanes());
    for (int done = 0; done < count; ) {
      int n = Math.min(count - done, bufferItems);
      ByteBuffer bytes = fill(n);
      int at = offset + done * lanes;
      try {
        if (direct) {
          NpyCodec.decode(bytes, header, into, at, n * lanes);
        } else {
          NpyCodec.decode(bytes, header, scratch, 0, n * header.lanes());
          NpyCast.cast(header.type(), scratch, 0, into, at, n);
        }
      } catch (IllegalArgumentException e) {
        throw new IOException(what + ": " + e.getMessage(), e);
      }
      done += n;
      left -= n;
    }
  }

  /** Fortran order: the first index runs fastest in the file, the last one in {@code out}. */
  private void readTransposed(Object out, Class<?> kind, int lanes, boolean held)
      throws IOException {
    int[] shape = header.shape();
    int[] index = new int[shape.length];
    int[] steps = new int[shape.length];
    for (int d = shape.length - 1, step = lanes; d >= 0; d--) {
      steps[d] = step;
      step *= shape[d];
    }
    int piece = (int) Math.min(left, bufferItems);
    Object scratch = Array.newInstance(kind, piece * lanes);
    int target = 0;
    while (left > 0) {
      int n = (int) Math.min(left, piece);
      readInOrder(scratch, 0, n, held);
      for (int i = 0; i < n; i++) {
        System.arraycopy(scratch, i * lanes, out, target, lanes);
        target = next(index, shape, steps, target);
      }
    }
  }

  private static int next(int[] index, int[] shape, int[] steps, int target) {
    int moved = target;
    for (int d = 0; d < shape.length; d++) {
      moved += steps[d];
      if (++index[d] < shape[d]) {
        return moved;
      }
      moved -= shape[d] * steps[d];
      index[d] = 0;
    }
    return moved;
  }

  private void requireEnd() throws IOException {
    if (in.read() >= 0) {
      throw new IOException(what + ": has more bytes than " + header.describe());
    }
  }

  private ByteBuffer fill(int items) throws IOException {
    int bytes = items * header.itemBytes();
    if (in.readNBytes(buffer, 0, bytes) < bytes) {
      throw new EOFException(what + ": ends within the array, " + left + " elements early");
    }
    return ByteBuffer.wrap(buffer, 0, bytes).order(header.byteOrder());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
