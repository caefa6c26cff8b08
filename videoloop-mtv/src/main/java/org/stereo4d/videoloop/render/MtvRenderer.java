package org.stereo4d.videoloop.render;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.run.Check;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoWriter;
import org.stereo4d.videoloop.mpi.LayerModel;
import org.stereo4d.videoloop.mpi.LayerRenderer;
import org.stereo4d.videoloop.mpi.LayerView;
import org.stereo4d.videoloop.mpi.Rendering;
import org.stereo4d.videoloop.tile.MultiTileVideo;

/** Renders a multi-tile video. */
public final class MtvRenderer {
  private static final LayerRenderer RENDERER = new LayerRenderer();
  private static final int FRAMES_AT_ONCE = 32;
  private static final int QUALITY = 10; // quantiser, as the reference

  private final LayerModel layers;

  /** Renders raw texels, as in training. */
  public MtvRenderer(MultiTileVideo video) {
    this(video, false);
  }

  /**
   * A renderer.
   *
   * @param asViewer whether texels pass through the logistic function before they are interpolated,
   *     as exported textures are
   */
  public MtvRenderer(MultiTileVideo video, boolean asViewer) {
    this.layers = asViewer ? video.layers().activated() : video.layers();
  }

  /** Frames of the loop. */
  public int frames() {
    return layers.frames();
  }

  /** One frame over black; alpha and disparity too. */
  public Rendering render(PinholeCamera camera, Rigid3 cameraFromWorld, int frame) {
    return RENDERER.render(layers, new LayerView(layers.map(), camera, cameraFromWorld), frame, 1);
  }

  /**
   * The loop at any time.
   *
   * @param phase in loops; 0.25 is a quarter of the way. Frames between two are mixed
   */
  public FloatImage at(PinholeCamera camera, Rigid3 cameraFromWorld, double phase) {
    Check.that(Double.isFinite(phase), "phase must be finite, was %s", phase);
    double time = (phase - Math.floor(phase)) * frames();
    int first = (int) time % frames();
    float after = (float) (time - Math.floor(time));
    FloatImage image = render(camera, cameraFromWorld, first).image(0);
    if (after > 0) {
      FloatImage next = render(camera, cameraFromWorld, (first + 1) % frames()).image(0);
      for (int i = 0; i < image.array().length; i++) {
        image.array()[i] += after * (next.array()[i] - image.array()[i]);
      }
    }
    return image;
  }

  /** All frames from one camera, 8 bit. */
  public List<ByteImage> loop(PinholeCamera camera, Rigid3 cameraFromWorld) {
    LayerView view = new LayerView(layers.map(), camera, cameraFromWorld);
    List<ByteImage> out = new ArrayList<>();
    for (int start = 0; start < frames(); start += FRAMES_AT_ONCE) {
      int count = Math.min(FRAMES_AT_ONCE, frames() - start);
      Rendering rendering = RENDERER.render(layers, view, start, count);
      for (int t = 0; t < count; t++) {
        out.add(toBytes(rendering.image(t)));
      }
    }
    return out;
  }

  /** 8-bit copy {@code floor(255 v)}, as the reference writes. */
  public static ByteImage toBytes(FloatImage image) {
    ByteImage out = ByteImage.create(image.size(), image.channels());
    float[] values = image.contiguous();
    for (int i = 0; i < values.length; i++) {
      out.array()[i] = (byte) (int) Math.floor(255 * Math.max(0, Math.min(1, values[i])));
    }
    return out;
  }

  /**
   * A path of cameras and times.
   *
   * @param camera lens of every step
   * @param camerasFromWorld pose of each step
   * @param times frame of the loop of each step
   */
  public record Shot(PinholeCamera camera, List<Rigid3> camerasFromWorld, List<Integer> times) {
    /** Copies the lists. */
    public Shot {
      camerasFromWorld = List.copyOf(camerasFromWorld);
      times = List.copyOf(times);
      Check.that(
          camerasFromWorld.size() == times.size() && !times.isEmpty(),
          "a shot must have a pose for each of its %s times, had %s",
          times.size(),
          camerasFromWorld.size());
    }
  }

  /** Writes a shot as a video. */
  public void write(
      Shot shot, VideoCodec codec, double framesPerSecond, Path file, Progress progress)
      throws IOException {
    EncodeOptions encoding =
        EncodeOptions.DEFAULTS.withFramesPerSecond(framesPerSecond).withQuality(QUALITY);
    try (VideoWriter out = codec.create(file, shot.camera().size(), encoding)) {
      for (int k = 0; k < shot.times().size(); k++) {
        out.write(frame(shot, k));
        if (progress.finishAfter(Step.of("render", k + 1, shot.times().size()))) {
          break;
        }
      }
      out.finish();
    }
  }

  /** Writes a shot as {@code <name>_0000.png} and so on. */
  public void writePictures(Shot shot, Path folder, String name, Progress progress)
      throws IOException {
    for (int k = 0; k < shot.times().size(); k++) {
      PngImage.of(frame(shot, k))
          .write(folder.resolve(String.format(java.util.Locale.ROOT, "%s_%04d.png", name, k)));
      if (progress.finishAfter(Step.of("render", k + 1, shot.times().size()))) {
        break;
      }
    }
  }

  private ByteImage frame(Shot shot, int step) {
    int time = shot.times().get(step);
    Check.that(time >= 0 && time < frames(), "time must be in [0, %s), was %s", frames(), time);
    return toBytes(render(shot.camera(), shot.camerasFromWorld().get(step), time).image(0));
  }
}
