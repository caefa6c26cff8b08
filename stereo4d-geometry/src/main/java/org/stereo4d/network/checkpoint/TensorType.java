package org.stereo4d.network.checkpoint;

import java.util.Locale;
import java.util.Optional;

/** Element types of tensors in files. */
public enum TensorType {
  /** One byte, 0 or 1. */
  BOOL(1, false),
  /** Unsigned, 8 bit. */
  UINT8(1, false),
  /** Signed, 8 bit. */
  INT8(1, false),
  /** Unsigned, 16 bit. */
  UINT16(2, false),
  /** Signed, 16 bit. */
  INT16(2, false),
  /** Unsigned, 32 bit. */
  UINT32(4, false),
  /** Signed, 32 bit. */
  INT32(4, false),
  /** Unsigned, 64 bit. */
  UINT64(8, false),
  /** Signed, 64 bit. */
  INT64(8, false),
  /** IEEE half. */
  FLOAT16(2, true),
  /** The upper half of a single. */
  BFLOAT16(2, true),
  /** IEEE single. */
  FLOAT32(4, true),
  /** IEEE double. */
  FLOAT64(8, true);

  private final int itemBytes;
  private final boolean floating;

  TensorType(int itemBytes, boolean floating) {
    this.itemBytes = itemBytes;
    this.floating = floating;
  }

  /** Bytes of an element. */
  public int itemBytes() {
    return itemBytes;
  }

  /** Whether elements have a fraction. */
  public boolean isFloating() {
    return floating;
  }

  /** Type of a safetensors code such as "BF16". */
  static Optional<TensorType> ofSafetensors(String code) {
    return Optional.ofNullable(
        switch (code) {
          case "BOOL" -> BOOL;
          case "U8" -> UINT8;
          case "I8" -> INT8;
          case "U16" -> UINT16;
          case "I16" -> INT16;
          case "U32" -> UINT32;
          case "I32" -> INT32;
          case "U64" -> UINT64;
          case "I64" -> INT64;
          case "F16" -> FLOAT16;
          case "BF16" -> BFLOAT16;
          case "F32" -> FLOAT32;
          case "F64" -> FLOAT64;
          default -> null;
        });
  }

  /** Type of a PyTorch storage class such as "HalfStorage". */
  static Optional<TensorType> ofStorage(String className) {
    return Optional.ofNullable(
        switch (className) {
          case "BoolStorage" -> BOOL;
          case "ByteStorage" -> UINT8;
          case "CharStorage" -> INT8;
          case "ShortStorage" -> INT16;
          case "IntStorage" -> INT32;
          case "LongStorage" -> INT64;
          case "HalfStorage" -> FLOAT16;
          case "BFloat16Storage" -> BFLOAT16;
          case "FloatStorage" -> FLOAT32;
          case "DoubleStorage" -> FLOAT64;
          default -> null;
        });
  }

  /** Type of a PyTorch dtype such as "float32" or "half". */
  static Optional<TensorType> ofTorch(String name) {
    return switch (name) {
      case "half" -> Optional.of(FLOAT16);
      case "float" -> Optional.of(FLOAT32);
      case "double" -> Optional.of(FLOAT64);
      default -> ofName(name);
    };
  }

  /** Type of a lower-case name such as "int64". */
  static Optional<TensorType> ofName(String name) {
    for (TensorType type : values()) {
      if (type.toString().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Lower-case name, such as "float32". */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
