package org.stereo4d.nvds.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.network.Device;
import org.stereo4d.network.Precision;
import org.stereo4d.nvds.GoldenMaps;

/** The network against the same graph as one TorchScript program. */
class ScriptedNvdsTest {
  private static final double VALUE = 1e-4;

  /** Of the largest value; sums of hundreds of terms through 52 blocks, in another order. */
  private static final double WIDE_VALUE = 1e-3;

  @TempDir Path folder;

  private static List<FloatImage> window(ImageSize size) {
    List<FloatImage> out = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      FloatImage frame = FloatImage.create(size, 4);
      for (int i = 0; i < frame.array().length; i++) {
        frame.array()[i] = (float) (0.5 + 0.5 * Math.sin(0.013 * i + 0.4 * t + i % 4));
      }
      out.add(frame);
    }
    return out;
  }

  private static FloatImage uncached(NvdsNetwork network, List<FloatImage> window) {
    List<WindowNetwork.EncodedFrame> encoded = network.encodeAll(window);
    FloatImage out = network.decode(encoded);
    encoded.forEach(WindowNetwork.EncodedFrame::close);
    return out;
  }

  @Test
  void run_tinyNetwork_sameValues() throws IOException {
    try (NvdsNetwork network = TinyNetwork.load(Precision.FLOAT32);
        ScriptedNvds script = new ScriptedNvds(network, 96, 64)) {
      List<FloatImage> window = window(new ImageSize(96, 64));
      assertThat(
              GoldenMaps.largestDifference(
                  script.run(window).array(), uncached(network, window).array()))
          .isLessThan(VALUE);
    }
  }

  @Test
  @Tag("load")
  void run_trueWidths_sameValuesAndTellsSpeed() throws IOException {
    Path file = folder.resolve("full.safetensors");
    new FormulaWeights("nvds/full_net_tensors.tsv", 1).writeSafetensors(file);
    ImageSize size = new ImageSize(384, 384);
    List<FloatImage> window = window(size);
    try (NvdsNetwork network =
            NvdsNetwork.load(file, NvdsLayout.FULL, Device.cpu(), Precision.FLOAT32);
        ScriptedNvds script = new ScriptedNvds(network, size.width(), size.height())) {
      double ours = Double.MAX_VALUE;
      double rival = Double.MAX_VALUE;
      double cached = Double.MAX_VALUE;
      List<WindowNetwork.EncodedFrame> encoded = new ArrayList<>();
      encoded.addAll(network.encodeAll(window));
      for (int round = 0; round < 4; round++) {
        rival = Math.min(rival, seconds(() -> script.run(window)));
        ours = Math.min(ours, seconds(() -> uncached(network, window)));
        // a frame of a sequence: one encoding and the windows of both passes
        double both =
            seconds(
                () -> {
                  encoded.set(3, network.encode(window.get(3)));
                  network.decode(encoded);
                  network.decode(encoded);
                  encoded.get(3).close();
                });
        cached = Math.min(cached, both / 2);
      }
      System.getLogger("speed")
          .log(
              System.Logger.Level.INFO,
              String.format("program %.2f s, ours %.2f s, cached %.2f s", rival, ours, cached));
      float[] expected = script.run(window).array();
      double largest = 0;
      for (float value : expected) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertThat(GoldenMaps.largestDifference(expected, uncached(network, window).array()))
          .isLessThan(WIDE_VALUE * Math.max(1, largest));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}
