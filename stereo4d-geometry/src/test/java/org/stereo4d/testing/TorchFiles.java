package org.stereo4d.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes files as PyTorch does, so that tests need no Python: a tree of maps, lists, text, numbers,
 * tensors and objects, in the zip container or the older one.
 */
public final class TorchFiles {
  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
  private final Map<String, byte[]> storages = new LinkedHashMap<>();
  private final boolean legacy;

  private TorchFiles(boolean legacy) {
    this.legacy = legacy;
  }

  /**
   * A tensor.
   *
   * @param storageClass such as "FloatStorage"
   * @param itemBytes bytes of an element
   * @param data little-endian elements of the storage
   * @param offset first element
   */
  public record Tensor(
      String storageClass, int itemBytes, byte[] data, long offset, long[] sizes, long[] strides) {
    /** Floats in row-major order. */
    public static Tensor floats(float[] values, long... sizes) {
      ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      return new Tensor("FloatStorage", 4, bytes.array(), 0, sizes, rowMajor(sizes));
    }

    private static long[] rowMajor(long[] sizes) {
      long[] out = new long[sizes.length];
      long stride = 1;
      for (int i = sizes.length - 1; i >= 0; i--) {
        out[i] = stride;
        stride *= Math.max(1, sizes[i]);
      }
      return out;
    }
  }

  /**
   * An object of a class.
   *
   * @param state its fields
   */
  public record Instance(String module, String name, Map<String, ?> state) {}

  /** A call of a function, which readers must not make. */
  public record Call(String module, String name, List<?> arguments) {}

  /** The zip container. */
  public static byte[] zip(Object root) {
    TorchFiles file = new TorchFiles(false);
    file.header();
    file.write(root);
    file.pickle.write('.');
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("archive/data.pkl", file.pickle.toByteArray());
    members.put("archive/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
    file.storages.forEach((key, data) -> members.put("archive/data/" + key, data));
    members.put("archive/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    return zip(members);
  }

  /** A zip archive of stored members. */
  public static byte[] zip(Map<String, byte[]> members) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        ZipEntry entry = new ZipEntry(member.getKey());
        CRC32 crc = new CRC32();
        crc.update(member.getValue());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(member.getValue().length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(member.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The container before PyTorch 1.6. */
  public static byte[] legacy(Object root) {
    TorchFiles file = new TorchFiles(true);
    file.header();
    file.longInteger(new BigInteger("1950a86a20f9469cfc6c", 16));
    file.pickle.write('.');
    file.header();
    file.write(1001L);
    file.pickle.write('.');
    file.header();
    file.write(Map.of("little_endian", true, "protocol_version", 1001L));
    file.pickle.write('.');
    file.header();
    file.write(root);
    file.pickle.write('.');
    file.header();
    file.write(List.copyOf(file.storages.keySet()));
    file.pickle.write('.');
    file.storages.forEach(
        (key, data) -> {
          int itemBytes = Integer.parseInt(key.substring(key.indexOf('x') + 1));
          file.number(data.length / itemBytes, 8);
          file.pickle.writeBytes(data);
        });
    return file.pickle.toByteArray();
  }

  private void header() {
    pickle.write(0x80);
    pickle.write(2);
  }

  private void number(long value, int width) {
    for (int i = 0; i < width; i++) {
      pickle.write((int) (value >>> (8 * i)));
    }
  }

  private void longInteger(BigInteger value) {
    byte[] bytes = value.toByteArray();
    pickle.write(0x8a);
    pickle.write(bytes.length);
    for (int i = bytes.length - 1; i >= 0; i--) {
      pickle.write(bytes[i]);
    }
  }

  private void global(String module, String name) {
    pickle.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void write(Object value) {
    if (value instanceof Map<?, ?> map) {
      pickle.write('}');
      items(map);
    } else if (value instanceof List<?> list) {
      pickle.write(']');
      pickle.write('(');
      list.forEach(this::write);
      pickle.write('e');
    } else if (value instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      pickle.write('X');
      number(bytes.length, 4);
      pickle.writeBytes(bytes);
    } else if (value instanceof Long number) {
      if (number == (int) (long) number) {
        pickle.write('J');
        number(number, 4);
      } else {
        longInteger(BigInteger.valueOf(number));
      }
    } else if (value instanceof Double number) {
      pickle.write('G');
      pickle.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
    } else if (value instanceof Boolean flag) {
      pickle.write(flag ? 0x88 : 0x89);
    } else if (value instanceof Tensor tensor) {
      tensor(tensor);
    } else if (value instanceof Instance instance) {
      global(instance.module, instance.name);
      pickle.write(')');
      pickle.write(0x81);
      write(instance.state);
      pickle.write('b');
    } else if (value instanceof Call call) {
      global(call.module, call.name);
      tuple(call.arguments);
      pickle.write('R');
    } else {
      throw new IllegalArgumentException("no pickle of " + value.getClass());
    }
  }

  private void items(Map<?, ?> map) {
    pickle.write('(');
    map.forEach(
        (key, value) -> {
          write(key);
          write(value);
        });
    pickle.write('u');
  }

  private void tuple(List<?> values) {
    pickle.write('(');
    values.forEach(this::write);
    pickle.write('t');
  }

  private void integers(long[] values) {
    pickle.write('(');
    for (long value : values) {
      write(value);
    }
    pickle.write('t');
  }

  /** {@code torch._utils._rebuild_tensor_v2(storage, offset, sizes, strides, False, {})}. */
  private void tensor(Tensor tensor) {
    String key = storages.size() + (legacy ? "x" + tensor.itemBytes : "");
    storages.put(key, tensor.data);
    global("torch._utils", "_rebuild_tensor_v2");
    pickle.write('(');
    pickle.write('(');
    write("storage");
    global("torch", tensor.storageClass);
    write(key);
    write("cpu");
    write((long) tensor.data.length / tensor.itemBytes);
    if (legacy) {
      pickle.write('N');
    }
    pickle.write('t');
    pickle.write('Q');
    write(tensor.offset);
    integers(tensor.sizes);
    integers(tensor.strides);
    pickle.write(0x89);
    global("collections", "OrderedDict");
    pickle.write(')');
    pickle.write('R');
    pickle.write('t');
    pickle.write('R');
  }
}
