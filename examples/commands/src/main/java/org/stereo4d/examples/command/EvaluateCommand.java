package org.stereo4d.examples.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.depth.DisparityErrors;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.examples.console.Console;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.io.Pfm;
import org.stereo4d.io.clip.StereoClip;
import org.stereo4d.io.clip.Tracks2dFile;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.io.pose.TumTrajectory;
import org.stereo4d.nvds.metric.ClipProtocol;
import org.stereo4d.nvds.metric.DepthErrors;
import org.stereo4d.optim.rig.TrajectoryErrors;
import org.stereo4d.track.Tracks2d;
import org.stereo4d.tracking.metric.TrackMetrics2d;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares with the truth. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "How far a result is from the truth.",
    footer = {
      "",
      "  disparity  .pfm or .npy against .pfm or .npy, pixels",
      "  poses      clip .npz or TUM text against the same",
      "  tracks     .npz of 'stereo4d track' against one of the same queries",
      "  depth      .npz of inverse depth (T, H, W) against .npz of metres",
      "Example:",
      "  stereo4d evaluate poses poses.npz demo/clip.npz"
    })
public final class EvaluateCommand implements Callable<Integer> {
  enum Kind {
    DISPARITY,
    POSES,
    TRACKS,
    DEPTH
  }

  @Mixin private Console console;

  @Parameters(index = "0", paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}")
  private Kind kind;

  @Parameters(index = "1", paramLabel = "RESULT")
  private Path result;

  @Parameters(index = "2", paramLabel = "TRUTH")
  private Path truth;

  @Option(
      names = "--limit",
      paramLabel = "PX",
      defaultValue = "1",
      description = "disparities off by more are bad; default: ${DEFAULT-VALUE}")
  private double limitPx = 1;

  @Option(
      names = "--size",
      paramLabel = "PX",
      defaultValue = "512",
      description = "side of the pictures that were tracked; default: ${DEFAULT-VALUE}")
  private int sidePx = 512;

  @Option(
      names = "--depth-key",
      defaultValue = "depth",
      description = "array in an .npz of depth; default: ${DEFAULT-VALUE}")
  private String key = "depth";

  @Override
  public Integer call() throws IOException {
    return console.run(
        progress ->
            switch (kind) {
              case DISPARITY -> disparity();
              case POSES -> poses();
              case TRACKS -> tracks();
              case DEPTH -> depth();
            });
  }

  private Map<String, Object> disparity() throws IOException {
    DisparityMap exact = readDisparity(truth);
    DisparityErrors errors =
        DisparityErrors.of(readDisparity(result), exact, Mask.none(exact.size()).not(), limitPx);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("judged", errors.judged());
    out.put("densityShare", errors.densityShare());
    out.put("meanErrorPx", errors.meanErrorPx());
    out.put("badShare", errors.badShare());
    out.put("badMatchedShare", errors.badMatchedShare());
    return out;
  }

  private static DisparityMap readDisparity(Path file) throws IOException {
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".pfm")) {
      return Pfm.readDisparity(file);
    }
    NpyArray array = NpyArray.read(file);
    int[] shape = array.shape();
    if (shape.length != 2) {
      throw new IOException(file + ": has " + shape.length + " axes, expected 2");
    }
    return new DisparityMap(FloatImage.wrap(array.floats(), new ImageSize(shape[1], shape[0]), 1));
  }

  private Map<String, Object> poses() throws IOException {
    TrajectoryErrors errors = TrajectoryErrors.of(readPoses(result), readPoses(truth));
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("absoluteMeters", errors.absoluteMeters());
    out.put("relativeMeters", errors.relativeMeters());
    out.put("relativeDegrees", errors.relativeDegrees());
    out.put("driftShare", errors.driftShare());
    out.put("pathMeters", errors.pathMeters());
    return out;
  }

  private static List<Rigid3> readPoses(Path file) throws IOException {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".npz")
        ? StereoClip.read(file).worldFromCameras()
        : TumTrajectory.read(file).worldFromCameras();
  }

  private Map<String, Object> tracks() throws IOException {
    Tracks2d exact = Tracks2dFile.read(truth);
    TrackMetrics2d metrics =
        TrackMetrics2d.of(
            exact,
            Tracks2dFile.read(result),
            new ImageSize(sidePx, sidePx),
            TrackMetrics2d.Frames.BUT_QUERY);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("tracks", exact.count());
    out.put("occlusionAccuracy", metrics.occlusionAccuracy());
    out.put("averagePointsWithin", metrics.averagePointsWithin());
    out.put("averageJaccard", metrics.averageJaccard());
    return out;
  }

  private Map<String, Object> depth() throws IOException {
    List<InverseDepthMap> maps = readMaps(result).stream().map(InverseDepthMap::new).toList();
    List<DepthMap> exact = readMaps(truth).stream().map(EvaluateCommand::finite).toList();
    DepthErrors errors = ClipProtocol.DEFAULTS.score(maps, exact);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("frames", exact.size());
    out.put("absRel", errors.absRel());
    out.put("rmse", errors.rmse());
    out.put("delta1", errors.delta1());
    out.put("delta2", errors.delta2());
    out.put("delta3", errors.delta3());
    return out;
  }

  /** Depth that can be judged; the sky cannot. */
  private static DepthMap finite(FloatImage meters) {
    float[] values = meters.array();
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.isInfinite(values[i]) ? Float.NaN : values[i];
    }
    return new DepthMap(meters);
  }

  private List<FloatImage> readMaps(Path file) throws IOException {
    try (NpzFile npz = NpzFile.open(file)) {
      int[] shape = npz.requireShape(key, -1, -1, -1);
      float[] values = npz.floats(key);
      ImageSize size = new ImageSize(shape[2], shape[1]);
      List<FloatImage> out = new ArrayList<>();
      for (int t = 0; t < shape[0]; t++) {
        float[] map = java.util.Arrays.copyOfRange(values, t * size.area(), (t + 1) * size.area());
        out.add(FloatImage.wrap(map, size, 1));
      }
      return out;
    }
  }
}
