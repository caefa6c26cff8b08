package org.stereo4d.stereocrafter.depth;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.flow.FlowEstimator;
import org.stereo4d.flow.FlowField;
import org.stereo4d.flow.FlowWarp;
import org.stereo4d.image.Border;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;

/**
 * Guesses nearness from pictorial cues, without any trained weights: a fallback that always runs
 * and is steady, not a measurement. Use given depth or a network where there is one.
 *
 * <pre>
 * raw = 0.45 (y / (H - 1))^1.2 + 0.25 motion + 0.15 (1 - haze) + 0.15 sharpness
 * </pre>
 *
 * at a quarter of the resolution, smoothed by a guided filter (He, Sun, Tang 2010) along the edges
 * of the picture and, along the flow, in time, and brought to full size along its edges. Motion
 * counts only where flow is given and the scene moves against the camera. Frames are held one at a
 * time.
 */
public final class HeuristicDepthEstimator implements VideoDepthEstimator {
  private static final int REDUCTION = 4;
  private static final double POSITION_POWER = 1.2;
  private static final double POSITION = 0.45;
  private static final double MOTION = 0.25;
  private static final double CLARITY = 0.15;
  private static final double SHARPNESS = 0.15;
  private static final double MEMORY = 0.8;
  private static final double EPSILON = 1e-3;
  private static final double LEAST_MOTION_PX = 0.05;

  /** Half of the 15 pixels over which the darkest counts as free of haze. */
  private static final int DARK_RADIUS = 7;

  private final Optional<FlowEstimator> flow;

  private HeuristicDepthEstimator(Optional<FlowEstimator> flow) {
    this.flow = flow;
  }

  /** Without motion; each frame smoothed over time at its place. */
  public static HeuristicDepthEstimator ofPictures() {
    return new HeuristicDepthEstimator(Optional.empty());
  }

  /** With motion and smoothing along it; the flow estimator stays with the caller. */
  public static HeuristicDepthEstimator ofMotion(FlowEstimator flow) {
    return new HeuristicDepthEstimator(Optional.of(flow));
  }

  @Override
  public void estimate(Iterable<ByteImage> frames, Sink sink, Progress progress)
      throws IOException {
    SceneCuts cuts = new SceneCuts();
    Optional<ByteImage> previous = Optional.empty();
    FloatImage memory = FloatImage.create(new ImageSize(1, 1), 1);
    int frameIndex = 0;
    for (ByteImage frame : frames) {
      ByteImage small = reduced(frame);
      boolean starts = cuts.isCut(frame) || previous.isEmpty();
      Optional<FlowField> back = Optional.empty();
      if (!starts && flow.isPresent()) {
        back = Optional.of(flow.get().flow(small, previous.get()));
      }
      FloatImage map = new DepthCues(small).raw(back);
      if (!starts) {
        remember(map, memory, back);
      }
      memory = map;
      previous = Optional.of(small);
      FloatImage full = new JointUpsampling(map, small).to(frame);
      sink.accept(frameIndex, new InverseDepthMap(full));
      frameIndex++;
      if (progress.finishAfter(Step.of("depth", frameIndex, 0))) {
        return;
      }
    }
  }

  private static ByteImage reduced(ByteImage frame) {
    ImageSize size =
        new ImageSize(
            Math.max(1, frame.width() / REDUCTION), Math.max(1, frame.height() / REDUCTION));
    return new ImageResizer(ResizeFilter.AREA).resize(frame, size);
  }

  private static void remember(FloatImage map, FloatImage before, Optional<FlowField> back) {
    FloatImage moved = back.map(f -> new FlowWarp(Border.REPLICATE).warp(before, f)).orElse(before);
    float[] now = map.array();
    for (int i = 0; i < now.length; i++) {
      float old = moved.array()[i];
      now[i] = Float.isNaN(old) ? now[i] : (float) (MEMORY * old + (1 - MEMORY) * now[i]);
    }
  }

  /** The cues of one small picture. */
  private static final class DepthCues {
    private final ImageSize size;
    private final FloatImage rgb;
    private final float[] luma;

    DepthCues(ByteImage picture) {
      this.size = picture.size();
      this.rgb = picture.toFloat();
      this.luma = rgb.luma().contiguous();
    }

    FloatImage raw(Optional<FlowField> back) {
      float[] clarity = clarity();
      float[] sharpness = sharpness();
      float[] motion = back.map(this::motion).orElseGet(() -> new float[0]);
      double all = motion.length == 0 ? 1 - MOTION : 1;
      float[] out = new float[size.area()];
      for (int i = 0; i < out.length; i++) {
        int y = i / size.width();
        double v = y / (double) Math.max(1, size.height() - 1);
        double moving = motion.length == 0 ? 0 : motion[i];
        double sum =
            POSITION * Math.pow(v, POSITION_POWER)
                + MOTION * moving
                + CLARITY * clarity[i]
                + SHARPNESS * sharpness[i];
        out[i] = (float) (sum / all);
      }
      int radius = Math.max(1, size.width() / 32);
      return FloatImage.wrap(new GuidedFilter(radius, EPSILON).filter(out, luma, size), size, 1);
    }

    /** 1 - dark channel: haze lightens what is far. */
    private float[] clarity() {
      float[] dark = new float[size.area()];
      for (int i = 0; i < dark.length; i++) {
        float[] v = rgb.array();
        dark[i] = Math.min(v[3 * i], Math.min(v[3 * i + 1], v[3 * i + 2]));
      }
      dark = smallest(dark, size.width(), 1);
      dark = smallest(dark, size.height(), size.width());
      normalize(dark, 0.99);
      for (int i = 0; i < dark.length; i++) {
        dark[i] = 1 - dark[i];
      }
      return dark;
    }

    /** Smallest value of runs of 15 along lines whose pixels are some steps apart. */
    private static float[] smallest(float[] v, int length, int step) {
      float[] out = new float[v.length];
      for (int i = 0; i < v.length; i++) {
        int place = i / step % length;
        int first = -Math.min(DARK_RADIUS, place);
        int last = Math.min(DARK_RADIUS, length - 1 - place);
        float least = v[i];
        for (int k = first; k <= last; k++) {
          least = Math.min(least, v[i + k * step]);
        }
        out[i] = least;
      }
      return out;
    }

    private float[] sharpness() {
      int width = size.width();
      float[] energy = new float[size.area()];
      for (int y = 1; y < size.height() - 1; y++) {
        for (int x = 1; x < width - 1; x++) {
          int i = y * width + x;
          float laplacian =
              4 * luma[i] - luma[i - 1] - luma[i + 1] - luma[i - width] - luma[i + width];
          energy[i] = laplacian * laplacian;
        }
      }
      float[] mean = GuidedFilter.boxMean(energy, size, 4);
      normalize(mean, 0.95);
      return mean;
    }

    /** Length of the motion against the median motion, which is the camera's. */
    private float[] motion(FlowField back) {
      float[] px = back.px().contiguous();
      float cameraX = median(px, 0);
      float cameraY = median(px, 1);
      float[] out = new float[size.area()];
      for (int i = 0; i < out.length; i++) {
        out[i] = (float) Math.hypot(px[2 * i] - cameraX, px[2 * i + 1] - cameraY);
        out[i] = out[i] > LEAST_MOTION_PX ? out[i] : 0;
      }
      normalize(out, 0.95);
      return out;
    }

    private static float median(float[] px, int channel) {
      float[] one = new float[px.length / 2];
      for (int i = 0; i < one.length; i++) {
        one[i] = px[2 * i + channel];
      }
      Arrays.sort(one);
      return one[one.length / 2];
    }

    /** Divides by a quantile and clamps at 1; nothing above 0 stays 0. */
    private static void normalize(float[] v, double quantile) {
      float[] sorted = v.clone();
      Arrays.sort(sorted);
      float scale = sorted[(int) (quantile * (sorted.length - 1))];
      for (int i = 0; i < v.length; i++) {
        v[i] = scale > 0 ? Math.min(1, v[i] / scale) : 0;
      }
    }
  }
}
