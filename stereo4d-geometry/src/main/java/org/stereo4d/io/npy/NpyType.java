package org.stereo4d.io.npy;

import java.util.Optional;

/** Element types of NumPy arrays; the package documentation tells how each is held. */
public enum NpyType {
  /** One byte, 0 or 1. */
  BOOL('b', 1),
  /** Signed, 8 bit. */
  INT8('i', 1),
  /** Signed, 16 bit. */
  INT16('i', 2),
  /** Signed, 32 bit. */
  INT32('i', 4),
  /** Signed, 64 bit. */
  INT64('i', 8),
  /** Unsigned, 8 bit. */
  UINT8('u', 1),
  /** Unsigned, 16 bit. */
  UINT16('u', 2),
  /** Unsigned, 32 bit. */
  UINT32('u', 4),
  /** Unsigned, 64 bit. */
  UINT64('u', 8),
  /** IEEE half. */
  FLOAT16('f', 2),
  /** IEEE single. */
  FLOAT32('f', 4),
  /** IEEE double. */
  FLOAT64('f', 8),
  /** Two singles. */
  COMPLEX64('c', 8),
  /** Two doubles. */
  COMPLEX128('c', 16),
  /** Bytes of a fixed width, padded with zeros. */
  BYTES('S', 0),
  /** UTF-32 text of a fixed width, padded with zeros. */
  UNICODE('U', 0);

  private final char code;
  private final int itemBytes;

  NpyType(char code, int itemBytes) {
    this.code = code;
    this.itemBytes = itemBytes;
  }

  /** The type of a NumPy code letter and width, empty if we read no such type. */
  static Optional<NpyType> of(char code, int width) {
    for (NpyType type : values()) {
      if (type.code == code && (type.isText() || type.itemBytes == width)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  char code() {
    return code;
  }

  /** Bytes of an element in a file; 0 for text, whose width each array states. */
  int itemBytes() {
    return itemBytes;
  }

  /** Whether this is text. */
  public boolean isText() {
    return this == BYTES || this == UNICODE;
  }

  /** Whether this is a signed or unsigned integer; BOOL is not. */
  public boolean isInteger() {
    return code == 'i' || code == 'u';
  }

  /** Whether this is a real number with a fraction. */
  public boolean isFloating() {
    return code == 'f';
  }

  /** Whether this is a complex number. */
  public boolean isComplex() {
    return code == 'c';
  }

  /** Bytes of one element of the Java array; text counts 8 per reference. */
  int heldBytes() {
    return switch (this) {
      case BOOL, INT8, UINT8, BYTES -> 1;
      case INT16, UINT16 -> 2;
      case INT32, UINT32, FLOAT16, FLOAT32, COMPLEX64 -> 4;
      case INT64, UINT64, FLOAT64, COMPLEX128, UNICODE -> 8;
    };
  }

  /** A Java array of the kind that holds this type. */
  Object allocate(int length) {
    return switch (this) {
      case BOOL -> new boolean[length];
      case INT8, UINT8, BYTES -> new byte[length];
      case INT16, UINT16 -> new short[length];
      case INT32, UINT32 -> new int[length];
      case INT64, UINT64 -> new long[length];
      case FLOAT16, FLOAT32, COMPLEX64 -> new float[length];
      case FLOAT64, COMPLEX128 -> new double[length];
      case UNICODE -> new String[length];
    };
  }

  /** The NumPy name, for messages: {@code float32}. */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
