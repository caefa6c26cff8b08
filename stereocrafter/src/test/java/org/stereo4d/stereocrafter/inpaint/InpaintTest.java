package org.stereo4d.stereocrafter.inpaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.stereocrafter.splat.RowSplatter;
import org.stereo4d.stereocrafter.splat.SplatOptions;
import org.stereo4d.testing.Golden;

class InpaintTest {
  private static final ImageSize SIZE = new ImageSize(96, 48);
  private static final int NEAR = 8;

  /** A smooth random background that never changes, and a gray square at column x in front. */
  private static ByteImage picture(int squareX) {
    ByteImage out = background();
    for (int y = 12; y < 36; y++) {
      for (int x = squareX; x < squareX + 20; x++) {
        Arrays.fill(out.array(), out.index(x, y), out.index(x, y) + 3, (byte) 128);
      }
    }
    return out;
  }

  private static ByteImage background() {
    ByteImage out = ByteImage.create(SIZE, 3);
    double[] phase = new Random(3).doubles(6).toArray();
    for (int y = 0; y < 48; y++) {
      for (int x = 0; x < 96; x++) {
        for (int c = 0; c < 3; c++) {
          double v = Math.sin(0.35 * x + 6 * phase[c]) + Math.cos(0.28 * y + 6 * phase[3 + c]);
          out.set(x, y, c, (int) (127 + 60 * v));
        }
      }
    }
    return out;
  }

  private static WarpedFrame frame(int squareX, boolean starts) {
    FloatImage px = FloatImage.create(SIZE, 1);
    for (int y = 12; y < 36; y++) {
      Arrays.fill(px.array(), y * 96 + squareX, y * 96 + squareX + 20, NEAR);
    }
    ByteImage source = picture(squareX);
    return new WarpedFrame(
        source,
        new RowSplatter(SplatOptions.DEFAULTS).splat(source, new DisparityMap(px), -1),
        -1,
        starts);
  }

  private static List<ByteImage> fill(StereoInpainter inpainter, List<WarpedFrame> frames) {
    List<ByteImage> out = new ArrayList<>();
    for (WarpedFrame frame : frames) {
      inpainter.accept(frame).ifPresent(out::add);
    }
    for (Optional<ByteImage> next = inpainter.flush(); next.isPresent(); next = inpainter.flush()) {
      out.add(next.get());
    }
    return out;
  }

  private static double holeError(List<ByteImage> filled, List<WarpedFrame> frames) {
    ByteImage truth = background();
    double sum = 0;
    int count = 0;
    for (int t = 0; t < filled.size(); t++) {
      Mask holes = frames.get(t).splat().holes();
      for (int i = 0; i < holes.array().length; i++) {
        for (int c = 0; holes.array()[i] && c < 3; c++) {
          sum +=
              Math.abs(
                  (filled.get(t).array()[3 * i + c] & 0xff) - (truth.array()[3 * i + c] & 0xff));
          count++;
        }
      }
    }
    return sum / count;
  }

  private static List<WarpedFrame> moving() {
    List<WarpedFrame> frames = new ArrayList<>();
    for (int t = 0; t < 16; t++) {
      frames.add(frame(24 + 2 * t, t == 0));
    }
    return frames;
  }

  @Test
  void fill_backgroundSeenInOtherFrames_isFoundThere() {
    List<WarpedFrame> frames = moving();
    InpaintOptions alone = InpaintOptions.DEFAULTS.withLookAhead(0).withMemory(0);
    double spatial = holeError(fill(new ClassicalStereoInpainter(alone), frames), frames);
    double temporal =
        holeError(fill(new ClassicalStereoInpainter(InpaintOptions.DEFAULTS), frames), frames);
    assertThat(spatial).isGreaterThan(10); // the background is not flat
    assertThat(temporal).isLessThan(0.25 * spatial);
  }

  @Test
  void fill_visiblePixels_stayBitIdentical() {
    List<WarpedFrame> frames = moving();
    List<ByteImage> filled = fill(new ClassicalStereoInpainter(InpaintOptions.DEFAULTS), frames);
    assertThat(filled).hasSameSizeAs(frames);
    for (int t = 0; t < filled.size(); t++) {
      Mask changed = HoleShape.grownRight(HoleShape.closed(frames.get(t).splat().holes()), 1);
      for (int i = 0; i < changed.array().length; i++) {
        for (int c = 0; !changed.array()[i] && c < 3; c++) {
          assertThat(filled.get(t).array()[3 * i + c])
              .isEqualTo(frames.get(t).splat().image().array()[3 * i + c]);
        }
      }
    }
  }

  @Test
  void fill_stillScene_givesIdenticalFrames() {
    List<WarpedFrame> frames = new ArrayList<>();
    for (int t = 0; t < 6; t++) {
      frames.add(frame(40, t == 0));
    }
    List<ByteImage> filled = fill(new ClassicalStereoInpainter(InpaintOptions.DEFAULTS), frames);
    assertThat(filled).containsOnly(filled.get(0));
  }

  @Test
  void fill_cut_startsAnew() {
    List<WarpedFrame> frames = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      frames.add(frame(30 + 4 * t, true));
    }
    List<ByteImage> together = fill(new ClassicalStereoInpainter(InpaintOptions.DEFAULTS), frames);
    for (int t = 0; t < 4; t++) {
      assertThat(
              fill(new ClassicalStereoInpainter(InpaintOptions.DEFAULTS), List.of(frames.get(t))))
          .containsExactly(together.get(t));
    }
  }

  @Test
  void fill_anyNumberOfThreads_sameBits() {
    List<WarpedFrame> frames = moving().subList(0, 5);
    ForkJoinPool one = new ForkJoinPool(1);
    ForkJoinPool three = new ForkJoinPool(3);
    try {
      assertThat(
              one.submit(() -> fill(new ClassicalStereoInpainter(InpaintOptions.DEFAULTS), frames))
                  .join())
          .isEqualTo(
              three
                  .submit(() -> fill(new ClassicalStereoInpainter(InpaintOptions.DEFAULTS), frames))
                  .join());
    } finally {
      one.shutdown();
      three.shutdown();
    }
  }

  @Test
  void motion_ofAMovedPicture_isFound() {
    SimilarityMotion truth = new SimilarityMotion(0.01, 0.02, 2.5, -1.25);
    ImageSize size = new ImageSize(120, 90);
    FloatImage from = FloatImage.create(size, 1);
    FloatImage to = FloatImage.create(size, 1);
    FloatImage ones = FloatImage.create(size, 1);
    Arrays.fill(ones.array(), 1);
    SimilarityMotion back = truth.inverse();
    for (int y = 0; y < 90; y++) {
      for (int x = 0; x < 120; x++) {
        double px = x - 59.5;
        double py = y - 44.5;
        from.set(x, y, 0, texture(px, py));
        to.set(x, y, 0, texture(back.x(px, py), back.y(px, py)));
      }
    }
    SimilarityMotion got = SimilarityMotion.between(from, to, ones);
    assertThat(got.zoom()).isCloseTo(truth.zoom(), within(5e-4));
    assertThat(got.turn()).isCloseTo(truth.turn(), within(5e-4));
    assertThat(got.shiftX()).isCloseTo(truth.shiftX(), within(0.03));
    assertThat(got.shiftY()).isCloseTo(truth.shiftY(), within(0.03));
    SimilarityMotion same = truth.then(back);
    assertThat(same.x(7, 9)).isCloseTo(7, within(1e-9));
    assertThat(same.y(7, 9)).isCloseTo(9, within(1e-9));
  }

  private static float texture(double x, double y) {
    return (float) (0.5 + 0.2 * Math.sin(0.21 * x + 0.1 * y) + 0.2 * Math.cos(0.17 * y - 0.06 * x));
  }

  @Test
  void holeShapes_ofTheReference() throws IOException {
    try (NpzFile npz = NpzFile.open(Golden.file("stereocrafter/edge_dilation.npz"))) {
      int[] shape = npz.shape("mask");
      Mask mask = mask(npz, "mask", new ImageSize(shape[1], shape[0]));
      assertThat(HoleShape.closing(mask, 2)).isEqualTo(mask(npz, "closing3x2", mask.size()));
      assertThat(HoleShape.closed(mask)).isEqualTo(mask(npz, "mask_closing", mask.size()));
      assertThat(HoleShape.grownRight(mask, 2)).isEqualTo(mask(npz, "outer2", mask.size()));
      assertThat(HoleShape.grownLeft(mask, 3)).isEqualTo(mask(npz, "inner3", mask.size()));
    }
  }

  private static Mask mask(NpzFile npz, String name, ImageSize size) throws IOException {
    float[] values = npz.floats(name);
    boolean[] out = new boolean[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i] > 0.5f;
    }
    return Mask.wrap(out, size);
  }
}
