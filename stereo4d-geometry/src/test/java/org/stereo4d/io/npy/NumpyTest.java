package org.stereo4d.io.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.testing.Programs;

/** NumPy itself as the referee, in both directions. */
class NumpyTest {
  @TempDir Path folder;

  @Test
  void write_everyType_numpyReadsTheSame() throws Exception {
    for (NpzWriter.Compression compression : NpzWriter.Compression.values()) {
      Path path = folder.resolve(compression + ".npz");
      Map<String, NpyArray> arrays = NpzFileTest.everyType();
      NpzWriter.write(
          path,
          compression,
          npz -> {
            for (Map.Entry<String, NpyArray> e : arrays.entrySet()) {
              npz.add(e.getKey(), e.getValue());
            }
          });
      String script =
          """
          import sys, zipfile, numpy as np
          assert zipfile.ZipFile(sys.argv[1]).testzip() is None
          z = np.load(sys.argv[1], allow_pickle=False)
          for k in sorted(z.files):
              a = z[k]
              assert a.flags.c_contiguous
              print(k, a.dtype.str, a.shape, ascii(a.ravel().tolist()))
          """;
      assertThat(Programs.numpy(script, path).lines())
          .containsExactly(
              "S |S2 (2,) [b'ab', b'c']",
              "U <U4 (2,) ['caf\\xe9', '\\U0001f600']",
              "bool |b1 (3,) [True, False, True]",
              "c16 <c16 (1,) [(1-2j)]",
              "c8 <c8 (1,) [(1-2j)]",
              "empty <f4 (0, 3) []",
              "f2 <f2 (2,) [0.5, 65504.0]",
              "f4 <f4 (2, 3) [0.10000000149011612, -2.0, 3.0, 4.0, 5.0, 6.0]",
              "f8 <f8 (2,) [0.1, -inf]",
              "i1 |i1 (2,) [-128, 127]",
              "i2 <i2 (2, 1) [-32768, 7]",
              "i4 <i4 (1, 2) [-2147483648, 7]",
              "i8 <i8 (2,) [-9223372036854775808, 7]",
              "scalar <f8 () [2.5]",
              "u1 |u1 (2,) [255, 0]",
              "u2 <u2 (2,) [65535, 0]",
              "u4 <u4 (2,) [4294967295, 0]",
              "u8 <u8 (2,) [18446744073709551615, 0]");
    }
  }

  @Test
  void read_whatNumpyWrites_inBothOrdersAndLayouts() throws Exception {
    Path path = folder.resolve("n.npz");
    String script =
        """
        import sys, numpy as np
        d = {}
        base = np.arange(24).reshape(2, 3, 4)
        for t in 'i1 i2 i4 i8 u1 u2 u4 u8 f2 f4 f8 c8 c16'.split():
            for o in '<>':
                for f in 'CF':
                    d[t + {'<': 'l', '>': 'b'}[o] + f] = np.array(base, dtype=o + t, order=f)
        d['text'] = np.array(['ab', 'caf\\u00e9'])
        d['textb'] = np.array(['ab', 'c'], dtype='>U5')
        d['raw'] = np.array([b'ab', b'c'])
        d['flag'] = np.array([[True], [False]])
        d['none'] = np.zeros((0, 3))
        (np.savez_compressed if sys.argv[2] == '1' else np.savez)(sys.argv[1], **d)
        """;
    for (int compressed = 0; compressed < 2; compressed++) {
      Programs.numpy(script, path, compressed);
      try (NpzFile npz = NpzFile.open(path)) {
        int checked = 0;
        for (String name : npz.names()) {
          if (name.endsWith("lC")
              || name.endsWith("bF")
              || name.endsWith("lF")
              || name.endsWith("bC")) {
            checkRamp(npz, name);
            checked++;
          }
        }
        assertThat(checked).isEqualTo(13 * 4);
        assertThat(npz.strings("text")).containsExactly("ab", "caf\u00e9");
        assertThat(npz.strings("textb")).containsExactly("ab", "c");
        assertThat(npz.strings("raw")).containsExactly("ab", "c");
        assertThat(npz.booleans("flag")).containsExactly(true, false);
        assertThat(npz.shape("none")).containsExactly(0, 3);
      }
    }
  }

  private static void checkRamp(NpzFile npz, String name) throws Exception {
    assertThat(npz.shape(name)).containsExactly(2, 3, 4);
    NpyArray array = npz.array(name);
    for (int i = 0; i < 24; i++) {
      if (array.type() == NpyType.COMPLEX64) {
        assertThat(((float[]) array.values())[2 * i]).as(name).isEqualTo(i);
      } else if (array.type() == NpyType.COMPLEX128) {
        assertThat(((double[]) array.values())[2 * i]).as(name).isEqualTo(i);
      } else {
        assertThat(array.doubles()[i]).as(name).isEqualTo(i);
        assertThat(npz.floats(name)[i]).as(name).isEqualTo(i);
      }
    }
  }

  @Test
  void read_numpyObjects_isRefused() throws Exception {
    Path path = folder.resolve("o.npz");
    Programs.numpy(
        "import sys, numpy as np; np.savez(sys.argv[1], o=np.array([{}], dtype=object), x=1.5)",
        path);
    try (NpzFile npz = NpzFile.open(path)) {
      assertThat(npz.number("x")).isEqualTo(1.5);
      assertThatThrownBy(() -> npz.array("o"))
          .hasMessageContaining("'o'")
          .hasMessageContaining("object array");
    }
  }

  @Test
  void read_zip64MemberWrittenInAStream_isRead() throws Exception {
    Path path = folder.resolve("z.npz");
    String script =
        """
        import sys, zipfile, numpy as np
        with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED, allowZip64=True) as z:
            with z.open('x.npy', 'w', force_zip64=True) as f:
                np.lib.format.write_array(f, np.arange(5.0), version=(2, 0))
        """;
    Programs.numpy(script, path);
    try (NpzFile npz = NpzFile.open(path)) {
      assertThat(npz.doubles("x")).containsExactly(0, 1, 2, 3, 4);
    }
  }
}
