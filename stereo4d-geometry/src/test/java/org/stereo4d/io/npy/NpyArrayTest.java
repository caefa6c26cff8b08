package org.stereo4d.io.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.run.Limits;

class NpyArrayTest {
  @TempDir Path folder;

  private Path file(int version, String dictionary, byte[] data) throws IOException {
    byte[] text = dictionary.getBytes(StandardCharsets.UTF_8);
    ByteBuffer size = ByteBuffer.allocate(version == 1 ? 2 : 4).order(ByteOrder.LITTLE_ENDIAN);
    if (version == 1) {
      size.putShort((short) text.length);
    } else {
      size.putInt(text.length);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    out.write(size.array());
    out.write(text);
    out.write(data);
    return Files.write(folder.resolve("a.npy"), out.toByteArray());
  }

  private Path file(String descr, String shape, ByteOrder order, long... bits) throws IOException {
    int width = Integer.parseInt(descr.replaceAll("\\D", ""));
    ByteBuffer data = ByteBuffer.allocate(width * bits.length).order(order);
    for (long b : bits) {
      switch (width) {
        case 1 -> data.put((byte) b);
        case 2 -> data.putShort((short) b);
        case 4 -> data.putInt((int) b);
        default -> data.putLong(b);
      }
    }
    String dictionary =
        "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }";
    return file(1, dictionary, data.array());
  }

  @Test
  void read_eachNumericType_givesItsValues() throws IOException {
    ByteOrder big = ByteOrder.BIG_ENDIAN;
    ByteOrder little = ByteOrder.LITTLE_ENDIAN;
    assertThat(NpyArray.read(file("|b1", "(2,)", little, 1, 0)).booleans())
        .containsExactly(true, false);
    assertThat(NpyArray.read(file("|i1", "(2,)", little, -3, 5)).ints()).containsExactly(-3, 5);
    assertThat(NpyArray.read(file("|u1", "(2,)", little, 253, 5)).ints()).containsExactly(253, 5);
    assertThat(NpyArray.read(file(">i2", "(2,)", big, -3, 5)).ints()).containsExactly(-3, 5);
    assertThat(NpyArray.read(file("<u2", "(1,)", little, 65533)).longs()).containsExactly(65533L);
    assertThat(NpyArray.read(file(">i4", "(1,)", big, -7)).ints()).containsExactly(-7);
    assertThat(NpyArray.read(file("<u4", "(1,)", little, 0xfffffff0L)).longs())
        .containsExactly(0xfffffff0L);
    assertThat(NpyArray.read(file(">i8", "(1,)", big, -9_000_000_000L)).longs())
        .containsExactly(-9_000_000_000L);
    assertThat(NpyArray.read(file("<u8", "(1,)", little, -1)).doubles()).containsExactly(0x1p64);
    assertThat(NpyArray.read(file(">f2", "(3,)", big, 0x3c00, 0xc000, 0x0001)).floats())
        .containsExactly(1f, -2f, 0x1p-24f);
    assertThat(NpyArray.read(file(">f4", "(1,)", big, Float.floatToIntBits(1.5f))).floats())
        .containsExactly(1.5f);
    assertThat(NpyArray.read(file("=f8", "()", ByteOrder.nativeOrder(), doubleBits(2.5))).doubles())
        .containsExactly(2.5);
  }

  private static long doubleBits(double value) {
    return Double.doubleToLongBits(value);
  }

  @Test
  void read_complex_interleavesParts() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(16).putFloat(1).putFloat(2).putFloat(3).putFloat(4);
    NpyArray array =
        NpyArray.read(
            file(1, "{'descr': '>c8', 'fortran_order': False, 'shape': (2,)}", data.array()));
    assertThat(array.type()).isEqualTo(NpyType.COMPLEX64);
    assertThat((float[]) array.values()).containsExactly(1, 2, 3, 4);
    assertThatThrownBy(array::doubles).hasMessageContaining("complex64");
  }

  @Test
  void read_fortranOrder_becomesCOrder() throws IOException {
    // 2 x 3 matrix [[0 1 2] [3 4 5]] stored column by column
    byte[] data = {0, 3, 1, 4, 2, 5};
    NpyArray array =
        NpyArray.read(file(1, "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", data));
    assertThat(array.bytes()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void read_fortranOrderLargerThanBuffer_becomesCOrder() throws IOException {
    int a = 7;
    int b = 129;
    int c = 251;
    ByteBuffer data = ByteBuffer.allocate(2 * a * b * c).order(ByteOrder.LITTLE_ENDIAN);
    for (int z = 0; z < c; z++) {
      for (int y = 0; y < b; y++) {
        for (int x = 0; x < a; x++) {
          data.putShort((short) ((x * b + y) * c + z));
        }
      }
    }
    String shape = "(7, 129, 251)";
    NpyArray array =
        NpyArray.read(
            file(
                1,
                "{'descr': '<u2', 'fortran_order': True, 'shape': " + shape + "}",
                data.array()));
    int[] values = array.ints();
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isEqualTo(i & 0xffff);
    }
  }

  @Test
  void read_unicodeOfBothOrders_givesText() throws IOException {
    int[] points = {'h', 0x1f600, 0, 'n', 0, 0};
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      ByteBuffer data = ByteBuffer.allocate(24).order(order);
      for (int point : points) {
        data.putInt(point);
      }
      String letter = order == ByteOrder.BIG_ENDIAN ? ">" : "<";
      NpyArray array =
          NpyArray.read(
              file(
                  3,
                  "{'descr': '" + letter + "U3', 'fortran_order': False, 'shape': (2,)}",
                  data.array()));
      assertThat(array.strings()).containsExactly("h\ud83d\ude00", "n");
    }
  }

  @Test
  void read_byteStrings_dropPadding() throws IOException {
    byte[] data = {'a', 'b', 0, (byte) 0xff, (byte) 0xd8, 0};
    NpyArray array =
        NpyArray.read(file(2, "{'descr': '|S3', 'fortran_order': False, 'shape': (2,)}", data));
    assertThat(array.strings()).containsExactly("ab", "\u00ff\u00d8");
    assertThat(array.byteStrings()[1]).containsExactly(0xff, 0xd8);
    assertThatThrownBy(array::bytes).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void read_keysInAnyOrderAndDoubleQuotes_areRead() throws IOException {
    NpyArray array =
        NpyArray.read(
            file(
                1,
                "{\"shape\": (1L, 2), \"fortran_order\":False,\"descr\":\"u1\"}\n",
                new byte[] {1, 2}));
    assertThat(array.shape()).containsExactly(1, 2);
  }

  @Test
  void read_objectArray_isRefusedWithAReason() throws IOException {
    Path path = file(1, "{'descr': '|O', 'fortran_order': False, 'shape': ()}", new byte[9]);
    assertThatThrownBy(() -> NpyArray.read(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a.npy")
        .hasMessageContaining("object array")
        .hasMessageContaining("never loaded");
  }

  @Test
  void read_otherDtypes_areRefusedByName() throws IOException {
    for (String descr :
        new String[] {"<M8", "<f16", "<i3", "V4", "", "<", "f-4", "<U99999999999"}) {
      Path path =
          file(1, "{'descr': '" + descr + "', 'fortran_order': False, 'shape': ()}", new byte[8]);
      assertThatThrownBy(() -> NpyArray.read(path))
          .as(descr)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("'" + descr + "'");
    }
    Path structured =
        file(1, "{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': ()}", new byte[4]);
    assertThatThrownBy(() -> NpyArray.read(structured)).hasMessageContaining("structured");
  }

  @Test
  void read_malformedHeaders_areRefused() throws IOException {
    String[] headers = {
      "",
      "{",
      "{}",
      "{'descr': '<f4', 'fortran_order': False}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'shape': (1,)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,)}",
      "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 'x'}",
      "{'descr': '<f4' 'fortran_order': False, 'shape': (1,)}",
    };
    for (String header : headers) {
      Path path = file(1, header, new byte[4]);
      assertThatThrownBy(() -> NpyArray.read(path))
          .as(header)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a.npy");
    }
  }

  @Test
  void read_sizesThatContradictTheFile_areRefused() throws IOException {
    String[] shapes = {"(3,)", "(1,)", "(2, 2)", "(2147483647, 2147483647, 2147483647)", "(0,)"};
    for (String shape : shapes) {
      Path path =
          file(1, "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + "}", new byte[8]);
      assertThatThrownBy(() -> NpyArray.read(path))
          .as(shape)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("8 bytes of data");
    }
    Path manyNothings =
        file(1, "{'descr': '<U0', 'fortran_order': False, 'shape': (2147483647,)}", new byte[0]);
    assertThatThrownBy(() -> NpyArray.read(manyNothings)).isInstanceOf(IOException.class);
  }

  @Test
  void read_aboveTheLimit_isRefused() throws IOException {
    Path path = file("<f4", "(4,)", ByteOrder.LITTLE_ENDIAN, 1, 2, 3, 4);
    assertThatThrownBy(() -> NpyArray.read(path, Limits.DEFAULTS.withMaxMemberBytes(15)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("16 bytes")
        .hasMessageContaining("15");
  }

  @Test
  void accessors_thatWouldLoseValues_refuse() {
    assertThatThrownBy(() -> NpyArray.of(new long[] {1L << 40}).ints())
        .hasMessageContaining("1099511627776");
    assertThatThrownBy(() -> NpyArray.of(new double[] {1}).ints()).hasMessageContaining("float64");
    assertThatThrownBy(() -> NpyArray.of(new int[] {2}).booleans()).hasMessageContaining("2");
    assertThatThrownBy(() -> NpyArray.of(new int[] {2}).bytes()).hasMessageContaining("int32");
    assertThatThrownBy(() -> NpyArray.scalar("x").doubles()).hasMessageContaining("unicode");
    assertThatThrownBy(() -> NpyArray.wrap(NpyType.UINT64, new long[] {-1}).longs())
        .hasMessageContaining("18446744073709551615");
  }

  @Test
  void accessors_ofTheHeldForm_doNotCopy() {
    float[] values = {1, 2};
    assertThat(NpyArray.of(values).floats()).isSameAs(values);
    double[] doubles = {1, 2};
    assertThat(NpyArray.of(doubles).doubles()).isSameAs(doubles);
  }

  @Test
  void of_wrongShape_isRefused() {
    assertThatThrownBy(() -> NpyArray.of(new float[6], 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(2, 2)")
        .hasMessageContaining("6");
    assertThatThrownBy(() -> NpyArray.wrap(NpyType.INT16, new int[2], 2))
        .hasMessageContaining("short[]");
  }

  @Test
  void write_thenRead_keepsEverything() throws IOException {
    NpyArray[] arrays = {
      NpyArray.of(new float[] {1, Float.NaN, -0f, Float.MIN_VALUE}, 2, 2),
      NpyArray.scalar("caf\u00e9 \ud83d\ude00"),
      NpyArray.ofBytes(new byte[] {1, 0, 2}, new byte[] {7}),
      NpyArray.of(new long[0], 3, 0),
      NpyArray.wrap(NpyType.COMPLEX128, new double[] {1, 2, 3, 4}, 2),
      NpyArray.wrap(NpyType.FLOAT16, new float[] {0.5f, -65504}, 2),
    };
    for (NpyArray array : arrays) {
      Path path = folder.resolve("b.npy");
      array.write(path);
      assertThat(NpyArray.read(path)).isEqualTo(array);
      assertThat(Files.size(path)).isEqualTo(array.fileBytes());
    }
  }
}
