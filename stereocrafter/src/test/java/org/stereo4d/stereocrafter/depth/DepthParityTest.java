package org.stereo4d.stereocrafter.depth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.testing.Golden;

class DepthParityTest {
  /** All in single precision; the reference rounds after each operation. */
  private static final float NORMALIZED = 2e-6f;

  private static final double RANGE = 1e-5;
  private static final float EDGE_WEIGHT = 2e-5f;
  private static final float BLUR = 1e-6f;
  private static final float DILATED = 1e-4f;
  private static final double CURVE = 1e-5;
  private static final float WINDOW_START = 1e-3f; // of values near 700
  private static final float BLENDED = 1e-6f;
  private static final float RESIZED = 2e-6f;
  private static final float GLOBAL = 5e-6f;

  private static InverseDepthMap frame(NpzFile npz, String name, int t) throws IOException {
    int[] shape = npz.shape(name);
    ImageSize size = new ImageSize(shape[2], shape[1]);
    float[] all = npz.floats(name);
    return new InverseDepthMap(
        FloatImage.wrap(Arrays.copyOfRange(all, t * size.area(), (t + 1) * size.area()), size, 1));
  }

  private static void assertClose(float[] actual, float[] expected, float tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("value %s", i).isCloseTo(expected[i], within(tolerance));
    }
  }

  @Test
  void normalizer_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/ema_scaler.npz"))) {
      int frames = npz.shape("frames")[0];
      double[] cases = npz.doubles("cfgs");
      for (int k = 0; k < cases.length / 3; k++) {
        NormalizerOptions options =
            new NormalizerOptions(cases[3 * k], (int) cases[3 * k + 1], cases[3 * k + 2] == 1);
        EmaNormalizer normalizer = new EmaNormalizer(options);
        double[] low = npz.doubles("k" + k + "_min");
        double[] high = npz.doubles("k" + k + "_max");
        List<InverseDepthMap> out = new ArrayList<>();
        for (int t = 0; t < frames; t++) {
          Optional<InverseDepthMap> next = normalizer.accept(frame(npz, "frames", t));
          next.ifPresent(
              map -> {
                assertThat(normalizer.low()).isCloseTo(low[out.size()], within(RANGE));
                assertThat(normalizer.high()).isCloseTo(high[out.size()], within(RANGE));
                out.add(map);
              });
        }
        for (Optional<InverseDepthMap> next = normalizer.flush();
            next.isPresent();
            next = normalizer.flush()) {
          out.add(next.get());
        }
        assertThat(out).hasSize(frames);
        for (int t = 0; t < frames; t++) {
          assertClose(
              out.get(t).values().array(),
              frame(npz, "k" + k + "_out", t).values().array(),
              NORMALIZED);
        }
      }
    }
  }

  @Test
  void edgeDilation_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/edge_dilation.npz"))) {
      int[] shape = npz.shape("depth");
      ImageSize size = new ImageSize(shape[1], shape[0]);
      float[] depth = npz.floats("depth");
      assertClose(EdgeDilation.edgeWeight(depth, size), npz.floats("edge_weight"), EDGE_WEIGHT);
      float[] blurred = new float[depth.length];
      for (int y = 0; y < size.height(); y++) {
        float[] row = RowWindow.ofBlur(depth, size).line(y);
        System.arraycopy(row, 0, blurred, y * size.width(), size.width());
      }
      assertClose(blurred, npz.floats("gauss3"), BLUR);
      int[] cases = npz.ints("dilate_cfg");
      for (int k = 0; k < cases.length / 2; k++) {
        InverseDepthMap got =
            new EdgeDilation(cases[2 * k], cases[2 * k + 1])
                .apply(new InverseDepthMap(FloatImage.wrap(depth.clone(), size, 1)));
        assertClose(got.values().array(), npz.floats("dilate_" + k), DILATED);
      }
    }
  }

  @Test
  void curves_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/mappers.npz"))) {
      double[] xs = npz.doubles("x");
      int curves = 0;
      for (String name : npz.names()) {
        if (!name.equals("x")) {
          double[] expected = npz.doubles(name);
          DisparityCurve curve = DisparityCurve.named(name);
          for (int i = 0; i < xs.length; i++) {
            assertThat(curve.at(xs[i])).as(name).isCloseTo(expected[i], within(CURVE));
          }
          curves++;
        }
      }
      assertThat(curves).isPositive();
    }
  }

  @Test
  void windows_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/dc_windows.npz"))) {
      int[] cases = npz.ints("cases");
      double initialSigma = Math.sqrt(700.0 * 700 + 1);
      for (int k = 0; k < cases.length / 3; k++) {
        String p = "c" + k + "_";
        LatentWindows windows = new LatentWindows(cases[3 * k + 1], cases[3 * k + 2]);
        int frames = cases[3 * k];
        int[] expected = npz.ints(p + "windows");
        float[] noise = npz.floats(p + "noise");
        int frameLength = noise.length / npz.shape(p + "noise")[1];
        List<LatentWindows.Range> seen = new ArrayList<>();
        float[] all =
            windows.run(
                frames,
                noise,
                frameLength,
                initialSigma,
                700,
                (range, start) -> {
                  String w = p + "w" + seen.size() + "_";
                  seen.add(range);
                  try {
                    assertClose(start, npz.floats(w + "init"), WINDOW_START);
                    return npz.floats(w + "result");
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
        assertThat(seen).isEqualTo(windows.ranges(frames));
        assertThat(seen).hasSize(expected.length / 2);
        for (int i = 0; i < seen.size(); i++) {
          assertThat(seen.get(i))
              .isEqualTo(new LatentWindows.Range(expected[2 * i], expected[2 * i + 1]));
        }
        assertClose(all, npz.floats(p + "blended"), BLENDED);
        if (npz.has(p + "weights")) {
          double[] weights = npz.doubles(p + "weights");
          for (int i = 0; i < weights.length; i++) {
            assertThat(LatentWindows.weight(i, weights.length)).isCloseTo(weights[i], within(1e-7));
          }
        }
      }
    }
  }

  @Test
  void postProcessing_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/depth_post.npz"))) {
      int[] target = npz.ints("target_hw");
      ImageSize size = new ImageSize(target[1], target[0]);
      ImageResizer resizer = new ImageResizer(ResizeFilter.BILINEAR);
      int frames = npz.shape("channel_mean")[0];
      List<InverseDepthMap> maps = new ArrayList<>();
      DepthRange range = new DepthRange(0, 0);
      for (int t = 0; t < frames; t++) {
        FloatImage resized = resizer.resize(frame(npz, "channel_mean", t).values(), size);
        assertClose(resized.array(), frame(npz, "upsampled", t).values().array(), RESIZED);
        InverseDepthMap map = new InverseDepthMap(resized);
        range = t == 0 ? DepthRange.of(map) : range.union(DepthRange.of(map));
        maps.add(map);
      }
      for (int t = 0; t < frames; t++) {
        assertClose(
            range.normalize(maps.get(t)).values().array(),
            frame(npz, "depth", t).values().array(),
            GLOBAL);
      }
      int[] sizes = npz.ints("resize_rule");
      for (int i = 0; i < sizes.length; i += 5) {
        ImageSize got =
            NetworkSizing.networkSize(new ImageSize(sizes[i + 1], sizes[i]), sizes[i + 2]);
        assertThat(got)
            .isEqualTo(new ImageSize(Math.max(64, sizes[i + 4]), Math.max(64, sizes[i + 3])));
      }
      double[] rates = npz.doubles("fps_rule");
      for (int i = 0; i < rates.length; i += 6) {
        double wanted = rates[i + 1] == -1 ? rates[i] : rates[i + 1];
        int stride = NetworkSizing.stride(rates[i], wanted);
        assertThat((double) stride).isEqualTo(rates[i + 4]);
        assertThat(Math.ceil(rates[i + 2] / stride)).isEqualTo(rates[i + 5]);
      }
    }
  }
}
