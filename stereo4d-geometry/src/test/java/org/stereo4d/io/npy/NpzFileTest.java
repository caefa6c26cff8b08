package org.stereo4d.io.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.run.Limits;
import org.stereo4d.testing.Mutations;

class NpzFileTest {
  @TempDir Path folder;

  static Map<String, NpyArray> everyType() {
    Map<String, NpyArray> arrays = new TreeMap<>();
    arrays.put("bool", NpyArray.of(new boolean[] {true, false, true}, 3));
    arrays.put("i1", NpyArray.wrap(NpyType.INT8, new byte[] {-128, 127}, 2));
    arrays.put("i2", NpyArray.wrap(NpyType.INT16, new short[] {-32768, 7}, 2, 1));
    arrays.put("i4", NpyArray.of(new int[] {Integer.MIN_VALUE, 7}, 1, 2));
    arrays.put("i8", NpyArray.of(new long[] {Long.MIN_VALUE, 7}));
    arrays.put("u1", NpyArray.of(new byte[] {-1, 0}));
    arrays.put("u2", NpyArray.wrap(NpyType.UINT16, new short[] {-1, 0}, 2));
    arrays.put("u4", NpyArray.wrap(NpyType.UINT32, new int[] {-1, 0}, 2));
    arrays.put("u8", NpyArray.wrap(NpyType.UINT64, new long[] {-1, 0}, 2));
    arrays.put("f2", NpyArray.wrap(NpyType.FLOAT16, new float[] {0.5f, 65504}, 2));
    arrays.put("f4", NpyArray.of(new float[] {0.1f, -2, 3, 4, 5, 6}, 2, 3));
    arrays.put("f8", NpyArray.of(new double[] {0.1, Double.NEGATIVE_INFINITY}));
    arrays.put("c8", NpyArray.wrap(NpyType.COMPLEX64, new float[] {1, -2}, 1));
    arrays.put("c16", NpyArray.wrap(NpyType.COMPLEX128, new double[] {1, -2}, 1));
    arrays.put("S", NpyArray.ofBytes(new byte[] {'a', 'b'}, new byte[] {'c'}));
    arrays.put("U", NpyArray.of(new String[] {"caf\u00e9", "\ud83d\ude00"}));
    arrays.put("scalar", NpyArray.scalar(2.5));
    arrays.put("empty", NpyArray.of(new float[0], 0, 3));
    return arrays;
  }

  @Test
  void write_thenRead_keepsEveryType() throws IOException {
    for (NpzWriter.Compression compression : NpzWriter.Compression.values()) {
      Path path = folder.resolve(compression + ".npz");
      Map<String, NpyArray> arrays = everyType();
      NpzWriter.write(
          path,
          compression,
          npz -> {
            for (Map.Entry<String, NpyArray> e : arrays.entrySet()) {
              npz.add(e.getKey(), e.getValue());
            }
          });
      try (NpzFile npz = NpzFile.open(path)) {
        assertThat(npz.names()).containsExactlyElementsOf(arrays.keySet());
        for (String name : npz.names()) {
          assertThat(npz.array(name)).as(name).isEqualTo(arrays.get(name));
        }
      }
    }
  }

  @Test
  void write_inPieces_givesTheArray_andRefusesTooMuch() throws IOException {
    float[] values = new float[50_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i);
    }
    for (NpyType type : new NpyType[] {NpyType.FLOAT32, NpyType.FLOAT64}) {
      Path path = folder.resolve(type + ".npz");
      int[] next = {0};
      NpzWriter.write(
          path,
          NpzWriter.Compression.STORED,
          npz ->
              npz.add(
                  "x",
                  type,
                  new int[] {5, 100, 100},
                  () -> {
                    int start = next[0];
                    next[0] = Math.min(values.length, start + 19_999);
                    return Arrays.copyOfRange(values, start, next[0]);
                  }));
      try (NpzFile npz = NpzFile.open(path)) {
        assertThat(npz.array("x").type()).isEqualTo(type);
        assertThat(npz.array("x").shape()).containsExactly(5, 100, 100);
        assertThat(npz.array("x").floats()).isEqualTo(values);
      }
    }
    assertThatThrownBy(
            () ->
                NpzWriter.write(
                    folder.resolve("long.npz"),
                    NpzWriter.Compression.DEFLATED,
                    npz -> npz.add("x", NpyType.FLOAT32, new int[] {3}, () -> new float[2])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'x'");
    assertThat(folder.resolve("long.npz")).doesNotExist();
  }

  @Test
  void write_twice_givesTheSameBytes() throws IOException {
    Path a = folder.resolve("a.npz");
    Path b = folder.resolve("b.npz");
    NpzWriter.write(a, everyType());
    NpzWriter.write(b, everyType());
    assertThat(a).hasSameBinaryContentAs(b);
  }

  @Test
  void write_thatFails_leavesNothing() {
    Path path = folder.resolve("c.npz");
    assertThatThrownBy(
            () ->
                NpzWriter.write(
                    path,
                    NpzWriter.Compression.STORED,
                    npz -> npz.add("x", NpyArray.scalar(1)).add("x", NpyArray.scalar(2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'x'");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void getters_convert() throws IOException {
    Path path = folder.resolve("d.npz");
    NpzWriter.write(path, everyType());
    try (NpzFile npz = NpzFile.open(path)) {
      assertThat(npz.doubles("f4")[1]).isEqualTo(-2);
      assertThat(npz.floats("f8")[0]).isEqualTo(0.1f);
      assertThat(npz.floats("u2")).containsExactly(65535, 0);
      assertThat(npz.ints("u1")).containsExactly(255, 0);
      assertThat(npz.longs("u4")).containsExactly(4294967295L, 0);
      assertThat(npz.booleans("bool")).containsExactly(true, false, true);
      assertThat(npz.bytes("u1")).containsExactly(-1, 0);
      assertThat(npz.strings("S")).containsExactly("ab", "c");
      assertThat(npz.shape("f4")).containsExactly(2, 3);
      assertThat(npz.number("scalar")).isEqualTo(2.5);
      assertThat(npz.requireShape("f4", -1, 3)).containsExactly(2, 3);
    }
  }

  @Test
  void getters_thatCannotConvert_nameFileFieldAndExpectation() throws IOException {
    Path path = folder.resolve("e.npz");
    NpzWriter.write(path, everyType());
    try (NpzFile npz = NpzFile.open(path)) {
      assertThatThrownBy(() -> npz.ints("f4"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("e.npz")
          .hasMessageContaining("'f4'")
          .hasMessageContaining("float32")
          .hasMessageContaining("expected integers");
      assertThatThrownBy(() -> npz.ints("u4")).hasMessageContaining("4294967295");
      assertThatThrownBy(() -> npz.longs("u8")).hasMessageContaining("18446744073709551615");
      assertThatThrownBy(() -> npz.doubles("none"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("'none' is missing")
          .hasMessageContaining("scalar");
      assertThatThrownBy(() -> npz.strings("f4")).hasMessageContaining("expected text");
      assertThatThrownBy(() -> npz.number("f4")).hasMessageContaining("(2, 3)");
      assertThatThrownBy(() -> npz.requireShape("f4", -1, 4))
          .hasMessageContaining("(2, 3)")
          .hasMessageContaining("(any, 4)");
      assertThatThrownBy(() -> npz.bytes("S")).hasMessageContaining("8-bit integers");
    }
  }

  @Test
  void stream_givesPiecesInOrder() throws IOException {
    int n = 100_003;
    int[] values = new int[n];
    for (int i = 0; i < n; i++) {
      values[i] = i * 7;
    }
    Path path = folder.resolve("f.npz");
    NpzWriter.write(path, Map.of("x", NpyArray.of(values)));
    try (NpzFile npz = NpzFile.open(path);
        NpyStream stream = npz.stream("x")) {
      double[] piece = new double[1000];
      int at = 0;
      while (stream.remaining() > 0) {
        int count = (int) Math.min(997, stream.remaining());
        stream.read(piece, 3, count);
        for (int i = 0; i < count; i++) {
          assertThat(piece[3 + i]).isEqualTo(values[at + i]);
        }
        at += count;
      }
      assertThat(at).isEqualTo(n);
      assertThatThrownBy(() -> stream.read(piece, 0, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Beyond the array: buffers of the stream, the zip directory and the JIT's bookkeeping. */
  private static final long OVERHEAD_BYTES = 1 << 20;

  @Test
  void getters_ofLargeArrays_allocateTheArrayOnce() throws IOException {
    int n = 4_000_000;
    Path path = folder.resolve("large.npz");
    NpzWriter.write(
        path,
        NpzWriter.Compression.STORED,
        npz ->
            npz.add("f4", NpyArray.of(new float[n], n / 4, 4))
                .add("f8", NpyArray.of(new double[n]))
                .add("u1", NpyArray.of(new byte[n])));
    try (NpzFile npz = NpzFile.open(path)) {
      assertThat(allocatedBy(() -> npz.floats("f4"))).isBetween(4L * n, 4L * n + OVERHEAD_BYTES);
      assertThat(allocatedBy(() -> npz.doubles("f8"))).isBetween(8L * n, 8L * n + OVERHEAD_BYTES);
      assertThat(allocatedBy(() -> npz.floats("f8"))).isBetween(4L * n, 4L * n + OVERHEAD_BYTES);
      assertThat(allocatedBy(() -> npz.floats("u1"))).isBetween(4L * n, 4L * n + OVERHEAD_BYTES);
      assertThat(allocatedBy(() -> npz.array("f4").floats()))
          .isBetween(4L * n, 4L * n + OVERHEAD_BYTES);
    }
  }

  private interface Read {
    Object run() throws IOException;
  }

  private static long allocatedBy(Read read) throws IOException {
    Assumptions.assumeTrue(
        ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean,
        "this JVM does not count allocations");
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThat(read.run()).isNotNull();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void read_oneFlippedBit_isNoticedByTheChecksum() throws IOException {
    Path path = folder.resolve("g.npz");
    NpzWriter.write(
        path,
        NpzWriter.Compression.STORED,
        npz -> npz.add("x", NpyArray.of(new double[] {1, 2, 3})));
    byte[] bytes = Files.readAllBytes(path);
    bytes[30 + 5 + 128 + 9] ^= 1; // within the second double, behind local header and npy header
    Files.write(path, bytes);
    try (NpzFile npz = NpzFile.open(path)) {
      assertThatThrownBy(() -> npz.doubles("x"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("CRC");
    }
  }

  @Test
  void open_aboveTheLimit_isRefusedBeforeReading() throws IOException {
    Path path = folder.resolve("h.npz");
    NpzWriter.write(path, Map.of("x", NpyArray.of(new float[100_000])));
    try (NpzFile npz = NpzFile.open(path, Limits.DEFAULTS.withMaxMemberBytes(1000))) {
      assertThatThrownBy(() -> npz.floats("x"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("400128 bytes")
          .hasMessageContaining("1000");
    }
  }

  @Test
  void open_noArchive_isRefused() throws IOException {
    Path path = Files.write(folder.resolve("i.npz"), new byte[100]);
    assertThatThrownBy(() -> NpzFile.open(path))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("i.npz")
        .hasMessageContaining("no zip archive");
  }

  @Test
  void read_damagedArchives_areReadOrRefused() throws Exception {
    for (NpzWriter.Compression compression : NpzWriter.Compression.values()) {
      Path path = folder.resolve("j.npz");
      Map<String, NpyArray> arrays = everyType();
      NpzWriter.write(
          path,
          compression,
          npz -> {
            for (Map.Entry<String, NpyArray> e : arrays.entrySet()) {
              npz.add(e.getKey(), e.getValue());
            }
          });
      Mutations.Outcome outcome = Mutations.survives(path, 1, NpzFileTest::readAll);
      assertThat(outcome.refused()).isGreaterThan(Mutations.CASES / 4);
    }
  }

  private static void readAll(Path path) throws IOException {
    try (NpzFile npz = NpzFile.open(path)) {
      for (String name : npz.names()) {
        npz.array(name);
      }
    }
  }

  @Test
  void read_damagedArrays_areReadOrRefused() throws Exception {
    for (String name : new String[] {"f4", "U", "S", "c16"}) {
      Path path = folder.resolve("k.npy");
      everyType().get(name).write(path);
      Mutations.Outcome outcome = Mutations.survives(path, 2, NpyArray::read);
      assertThat(outcome.refused()).isGreaterThan(Mutations.CASES / 4);
    }
  }
}
