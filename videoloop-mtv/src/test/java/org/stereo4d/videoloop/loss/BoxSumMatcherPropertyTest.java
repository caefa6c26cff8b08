package org.stereo4d.videoloop.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.stereo4d.image.ImageSize;

class BoxSumMatcherPropertyTest {
  /** Relative difference of two scores that rounding in float may exchange; seen: 6.5e-7. */
  private static final double ROUNDING = 1e-5;

  /** Scores that close are rare: 9 clips of 120 000 had a pair of them, none had more. */
  private static final int MOST_DIFFERENT = 2;

  private static final double TARGET = 1e-6;

  @Property(tries = 40)
  void match_anyShape_choosesAsTheDirectMatcher(
      @ForAll @IntRange(min = 1, max = 9) int patch,
      @ForAll @IntRange(min = 1, max = 5) int stride,
      @ForAll @IntRange(min = 1, max = 4) int patchFrames,
      @ForAll @IntRange(min = 0, max = 10_000) int seed) {
    Random random = new Random(seed);
    MatchOptions options =
        new MatchOptions(
            patch,
            Math.min(patch, stride),
            patchFrames,
            1 + random.nextInt(patchFrames),
            random.nextInt(3) == 0 ? Double.POSITIVE_INFINITY : 0.01 * random.nextInt(3),
            random.nextBoolean() ? TieRule.FIRST_INDEX : TieRule.SMALLEST_DISTANCE);
    ImageSize size = new ImageSize(patch + random.nextInt(12), patch + random.nextInt(12));
    ColorClip loop = clip(4 + random.nextInt(6), size, random);
    ColorClip video = clip(4 + random.nextInt(50), size, random);
    PatchGrid grid = PatchGrid.of(options, loop, video);
    int[] fast = new BoxSumMatcher().match(loop, video, grid);
    int[] direct = new DirectMatcher().match(loop, video, grid);
    int different = 0;
    for (int i = 0; i < fast.length; i++) {
      if (fast[i] != direct[i]) {
        different++;
        double[] scores = scores(loop, video, grid, i);
        assertThat(scores[fast[i]]).isLessThanOrEqualTo(scores[direct[i]] * (1 + ROUNDING));
      }
    }
    assertThat(different).isLessThanOrEqualTo(MOST_DIFFERENT);
  }

  /** What {@link DirectMatcher} compares for a query: its distances over those of the nearest. */
  private static double[] scores(ColorClip loop, ColorClip video, PatchGrid grid, int index) {
    int place = index / grid.queries();
    int query = index % grid.queries();
    double[] distances =
        DirectMatcher.distances(loop, video, grid, place / grid.columns(), place % grid.columns());
    double[] out = new double[grid.keys()];
    for (int j = 0; j < out.length; j++) {
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < grid.queries(); i++) {
        least = Math.min(least, distances[i * out.length + j]);
      }
      double distance = distances[query * out.length + j];
      out[j] =
          grid.options().normalizes()
              ? distance / (grid.options().completeness() + least)
              : distance;
    }
    return out;
  }

  @Property(tries = 10)
  void target_videoIsThePaddedLoop_isTheLoop(@ForAll @IntRange(min = 0, max = 10_000) int seed) {
    Random random = new Random(seed);
    LoopingLoss loss = new LoopingLoss(LoopLossOptions.OTHER_VIEW);
    ColorClip loop = clip(6, new ImageSize(9, 7), random);
    ColorClip padded = loss.padded(loop);
    ColorClip target = loss.target(loop, padded).clip();
    for (int i = 0; i < target.values().length; i++) {
      assertThat(Math.abs(target.values()[i] - padded.values()[i])).isLessThan((float) TARGET);
    }
    assertThat(loss.evaluate(loop, padded).value()).isLessThan(TARGET);
  }

  /** Without completeness every patch of the loop is matched by itself, wherever it starts. */
  @Property(tries = 20)
  void target_loopShiftedInTime_shiftsToo(
      @ForAll @IntRange(min = 1, max = 7) int shift,
      @ForAll @IntRange(min = 0, max = 10_000) int seed) {
    Random random = new Random(seed);
    ImageSize size = new ImageSize(8, 7);
    LoopingLoss loss = new LoopingLoss(LoopLossOptions.OTHER_VIEW);
    ColorClip loop = clip(8, size, random);
    ColorClip video = clip(20, size, random);
    ColorClip expected = shifted(loss.target(loop, video).asLoop(loop), shift);
    ColorClip late = shifted(loop, shift);
    ColorClip actual = loss.target(late, video).asLoop(late);
    for (int i = 0; i < actual.values().length; i++) {
      assertThat((double) actual.values()[i]).isCloseTo(expected.values()[i], within(TARGET));
    }
  }

  private static ColorClip shifted(ColorClip clip, int shift) {
    ColorClip out = ColorClip.create(clip.frames(), clip.size());
    int frame = 3 * clip.size().area();
    for (int t = 0; t < clip.frames(); t++) {
      int from = (t + shift) % clip.frames() * frame;
      System.arraycopy(clip.values(), from, out.values(), t * frame, frame);
    }
    return out;
  }

  /** What is folded is a mean whose weights depend on places alone, not on what patches hold. */
  @Property(tries = 20)
  void fold_anyChoice_isAMeanThatAdds(
      @ForAll @IntRange(min = 1, max = 5) int patch,
      @ForAll @IntRange(min = 0, max = 10_000) int seed) {
    Random random = new Random(seed);
    MatchOptions options =
        MatchOptions.SMALL
            .withPatchPx(patch, 1 + random.nextInt(patch))
            .withPatchFrames(3, 1 + random.nextInt(3));
    ImageSize size = new ImageSize(patch + random.nextInt(9), patch + random.nextInt(9));
    ColorClip one = clip(9, size, random);
    ColorClip two = clip(9, size, random);
    ColorClip sum = ColorClip.create(9, size);
    ColorClip white = ColorClip.create(9, size);
    Arrays.fill(white.values(), 1);
    for (int i = 0; i < sum.values().length; i++) {
      sum.values()[i] = one.values()[i] + two.values()[i];
    }
    PatchGrid grid = PatchGrid.of(options, ColorClip.create(7, size), one);
    int[] chosen =
        random.ints((long) grid.rows() * grid.columns() * grid.queries(), 0, grid.keys()).toArray();
    float[] first = Retargeter.fold(chosen, one, grid).values();
    float[] second = Retargeter.fold(chosen, two, grid).values();
    float[] both = Retargeter.fold(chosen, sum, grid).values();
    float[] whole = Retargeter.fold(chosen, white, grid).values();
    for (int i = 0; i < both.length; i++) {
      assertThat((double) both[i]).isCloseTo((double) first[i] + second[i], within(TARGET));
      assertThat((double) whole[i]).isCloseTo(1, within(TARGET));
    }
  }

  @Property(tries = 5)
  void match_oneOrThreeThreads_sameChoices(@ForAll @IntRange(min = 0, max = 10_000) int seed)
      throws Exception {
    Random random = new Random(seed);
    ImageSize size = new ImageSize(23, 19);
    ColorClip loop = clip(9, size, random);
    ColorClip video = clip(70, size, random);
    LoopingLoss loss = new LoopingLoss(LoopLossOptions.REFERENCE_VIEW);
    float[][] gradients = new float[2][];
    for (int i = 0; i < 2; i++) {
      ForkJoinPool pool = new ForkJoinPool(1 + 2 * i);
      gradients[i] = pool.submit(() -> loss.evaluate(loop, video).gradient().values()).get();
      pool.shutdown();
    }
    assertThat(gradients[1]).isEqualTo(gradients[0]);
  }

  private static ColorClip clip(int frames, ImageSize size, Random random) {
    ColorClip out = ColorClip.create(frames, size);
    for (int i = 0; i < out.values().length; i++) {
      out.values()[i] = random.nextFloat();
    }
    return out;
  }
}
