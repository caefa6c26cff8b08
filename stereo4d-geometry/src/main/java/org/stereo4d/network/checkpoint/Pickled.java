package org.stereo4d.network.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Values of a pickle, besides {@link Long}, {@link java.math.BigInteger}, {@link Double}, {@link
 * Boolean}, {@link String} and byte arrays. They may contain themselves, so they are compared by
 * identity and never printed whole.
 */
final class Pickled {
  /** Python's None. */
  static final Object NONE = new Object();

  private Pickled() {}

  /** The name of a class or function. */
  record Global(String module, String name) {
    boolean is(String otherModule, String otherName) {
      return module.equals(otherModule) && name.equals(otherName);
    }

    @Override
    public String toString() {
      return module + "." + name;
    }
  }

  /** A list, tuple or set. */
  static final class Sequence {
    final List<Object> items;

    Sequence(List<Object> items) {
      this.items = items;
    }
  }

  /** A dictionary or a record; keys may repeat, the last one counts. */
  static final class Mapping {
    final List<Object> keys = new ArrayList<>();
    final List<Object> values = new ArrayList<>();

    void put(Object key, Object value) {
      keys.add(key);
      values.add(value);
    }
  }

  /** An object that is not read, made by a class or function; what it was given is dropped. */
  static final class Placeholder {
    private final Object maker;

    Placeholder(Object maker) {
      this.maker = maker;
    }
  }

  /** Elements of one type, to be found under a key; empty type when each tensor states its own. */
  static final class Storage {
    final Optional<TensorType> type;
    final String key;
    final long count;
    final long viewOffset;

    Storage(Optional<TensorType> type, String key, long count, long viewOffset) {
      this.type = type;
      this.key = key;
      this.count = count;
      this.viewOffset = viewOffset;
    }
  }

  /** A view on a storage. */
  static final class Tensor {
    final Storage storage;
    final TensorType type;
    final long offset;
    final long[] sizes;
    final long[] strides;

    Tensor(Storage storage, TensorType type, long offset, long[] sizes, long[] strides) {
      this.storage = storage;
      this.type = type;
      this.offset = offset;
      this.sizes = sizes;
      this.strides = strides;
    }
  }

  /** The value of an integer that fits long. */
  static OptionalLong integer(Object value) {
    return value instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
  }

  /** What a value is, for messages. */
  static String describe(Object value) {
    if (value == NONE) {
      return "None";
    }
    if (value instanceof Placeholder placeholder) {
      return "an object made by "
          + (placeholder.maker instanceof Placeholder ? "another" : describe(placeholder.maker));
    }
    if (value instanceof Global global) {
      return global.toString();
    }
    return "a " + value.getClass().getSimpleName();
  }
}
