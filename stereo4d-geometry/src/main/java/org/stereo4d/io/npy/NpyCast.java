package org.stereo4d.io.npy;

import org.stereo4d.run.Check;

/** Converts between the Java arrays that hold NumPy types, refusing what would lose a value. */
final class NpyCast {
  private NpyCast() {}

  /** Whether elements of a type already have the form of a target array. */
  static boolean isIdentity(NpyType type, Object to) {
    return switch (type) {
      case BOOL -> to instanceof boolean[];
      case INT8, UINT8 -> to instanceof byte[];
      case INT32 -> to instanceof int[];
      case INT64 -> to instanceof long[];
      case FLOAT16, FLOAT32 -> to instanceof float[];
      case FLOAT64 -> to instanceof double[];
      case UNICODE -> to instanceof String[];
      case INT16, UINT16, UINT32, UINT64, COMPLEX64, COMPLEX128, BYTES -> false;
    };
  }

  /**
   * Converts {@code count} elements.
   *
   * @throws IllegalArgumentException if the type, or one of the values, does not fit the target
   */
  static void cast(NpyType type, Object from, int fromIndex, Object to, int toIndex, int count) {
    if (isIdentity(type, to)) {
      System.arraycopy(from, fromIndex, to, toIndex, count);
    } else if (to instanceof double[] doubles) {
      for (int i = 0; i < count; i++) {
        doubles[toIndex + i] = number(type, from, fromIndex + i);
      }
    } else if (to instanceof float[] floats) {
      for (int i = 0; i < count; i++) {
        floats[toIndex + i] = (float) number(type, from, fromIndex + i);
      }
    } else if (to instanceof int[] ints) {
      for (int i = 0; i < count; i++) {
        long value = integer(type, from, fromIndex + i);
        Check.that((int) value == value, "holds %s, expected 32-bit integers", value);
        ints[toIndex + i] = (int) value;
      }
    } else if (to instanceof long[] longs) {
      for (int i = 0; i < count; i++) {
        longs[toIndex + i] = integer(type, from, fromIndex + i);
      }
    } else if (to instanceof boolean[] booleans) {
      for (int i = 0; i < count; i++) {
        long value = integer(type, from, fromIndex + i);
        Check.that(value == 0 || value == 1, "holds %s, expected flags 0 and 1", value);
        booleans[toIndex + i] = value == 1;
      }
    } else {
      String wanted = to instanceof byte[] ? "8-bit integers" : "text";
      Check.that(false, "is %s, expected %s", type, wanted);
    }
  }

  private static double number(NpyType type, Object from, int i) {
    return switch (type) {
      case FLOAT16, FLOAT32 -> ((float[]) from)[i];
      case FLOAT64 -> ((double[]) from)[i];
      case UINT64 -> {
        long bits = ((long[]) from)[i];
        // halve with the lost bit kept sticky, so that the sum rounds once
        yield bits >= 0 ? bits : 2.0 * (bits >>> 1 | bits & 1);
      }
      case BOOL, INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32 -> integer(type, from, i);
      case COMPLEX64, COMPLEX128, BYTES, UNICODE ->
          throw new IllegalArgumentException("is " + type + ", expected real numbers");
    };
  }

  private static long integer(NpyType type, Object from, int i) {
    return switch (type) {
      case BOOL -> ((boolean[]) from)[i] ? 1 : 0;
      case INT8 -> ((byte[]) from)[i];
      case UINT8 -> ((byte[]) from)[i] & 0xff;
      case INT16 -> ((short[]) from)[i];
      case UINT16 -> ((short[]) from)[i] & 0xffff;
      case INT32 -> ((int[]) from)[i];
      case UINT32 -> ((int[]) from)[i] & 0xffffffffL;
      case INT64 -> ((long[]) from)[i];
      case UINT64 -> {
        long value = ((long[]) from)[i];
        Check.that(
            value >= 0,
            "holds %s, expected at most %s",
            Long.toUnsignedString(value),
            Long.MAX_VALUE);
        yield value;
      }
      case FLOAT16, FLOAT32, FLOAT64, COMPLEX64, COMPLEX128, BYTES, UNICODE ->
          throw new IllegalArgumentException("is " + type + ", expected integers");
    };
  }
}
