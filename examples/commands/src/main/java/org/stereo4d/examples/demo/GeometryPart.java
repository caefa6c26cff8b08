package org.stereo4d.examples.demo;

import java.util.Arrays;
import org.stereo4d.camera.Camera;
import org.stereo4d.camera.EquirectCamera;
import org.stereo4d.camera.FovBounds;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.depth.DisparityErrors;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.depth.sgm.SemiGlobalMatcher;
import org.stereo4d.depth.sgm.SemiGlobalOptions;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.image.StereoPair;
import org.stereo4d.synthetic.Preset;
import org.stereo4d.synthetic.SyntheticClip;
import org.stereo4d.warp.Rectifier;
import org.stereo4d.warp.RectifierOptions;

/** Rectification and matching on their own. */
final class GeometryPart {
  private static final int FRAME = 10;
  private static final int WINDOWS = 4;

  private GeometryPart() {}

  static void run(Scores scores) {
    scores.add(
        Score.atMost(
            "geometry", "rectification, worst of 32 windows", rectification(), 0.01, "px"));
    PinholeCamera view = PinholeCamera.ofHorizontalFovDegrees(new ImageSize(512, 512), 60);
    SyntheticClip clip = SyntheticClip.of(Preset.MOVING_OBJECTS);
    DisparityMap truth = clip.disparity(FRAME, view);
    Mask seen = clip.truth().occlusion(clip.left(FRAME, view), clip.right(FRAME, view)).not();
    DisparityMap found =
        new SemiGlobalMatcher(SemiGlobalOptions.DEFAULTS.withRangePx(0, 64))
            .match(clip.pair(FRAME, view));
    DisparityErrors errors = DisparityErrors.of(found, truth, seen, 1);
    scores.add(
        Score.atMost(
            "geometry",
            "disparity, mean error seen by both eyes",
            errors.meanErrorPx(),
            0.3,
            "px"));
    scores.add(
        Score.atMost(
            "geometry",
            "disparity, off by more than 1 px",
            errors.badMatchedShare(),
            0.03,
            "share"));
  }

  /**
   * A far world, smooth in direction, is filmed by a rig with errors of up to 3 degrees; the
   * rectified views must be what a perfect camera sees.
   */
  private static double rectification() {
    Vr180Calibration calibration =
        new Vr180Calibration(
            FovBounds.VR180,
            Rotation3.ofYawPitchRollDegrees(2.1, -1.7, 2.6),
            Rotation3.ofYawPitchRollDegrees(-1.4, 2.8, -0.9));
    PinholeCamera view = PinholeCamera.ofHorizontalFovDegrees(new ImageSize(256, 256), 60);
    EquirectCamera eye = calibration.eye(new ImageSize(960, 960));
    StereoPair raw =
        new StereoPair(
            panorama(eye, calibration.leftFromRectified().inverse()),
            panorama(eye, calibration.rightFromRectified().inverse()));
    StereoPair views =
        new Rectifier(calibration, RectifierOptions.DEFAULTS.withView(view))
            .rectify(raw.joinSideBySide());
    ByteImage direct = panorama(view, Rotation3.IDENTITY);
    return Math.max(worstWindow(views.left(), direct), worstWindow(views.right(), direct));
  }

  private static ByteImage panorama(Camera camera, Rotation3 worldFromCamera) {
    ByteImage out = ByteImage.create(camera.size(), 3);
    for (int y = 0; y < camera.size().height(); y++) {
      for (int x = 0; x < camera.size().width(); x++) {
        Vec3 d = worldFromCamera.apply(camera.ray(x + 0.5, y + 0.5));
        double wave = Math.sin(40 * d.x() + 9 * d.y()) + Math.sin(37 * d.y() - 8 * d.z());
        int at = out.index(x, y);
        Arrays.fill(out.array(), at, at + 3, (byte) Math.round(127.5 + 60 * wave));
      }
    }
    return out;
  }

  private static double worstWindow(ByteImage actual, ByteImage expected) {
    int side = actual.width() / WINDOWS;
    ImageSize window = new ImageSize(side, side);
    double worst = 0;
    for (int v = 0; v < WINDOWS; v++) {
      for (int u = 0; u < WINDOWS; u++) {
        worst =
            Math.max(
                worst,
                shiftPx(
                    actual.crop(u * side, v * side, window).toFloat().luma(),
                    expected.crop(u * side, v * side, window).toFloat().luma()));
      }
    }
    return worst;
  }

  /** Length of the least-squares translation between two pictures that nearly agree. */
  private static double shiftPx(FloatImage a, FloatImage b) {
    double xx = 0;
    double xy = 0;
    double yy = 0;
    double xt = 0;
    double yt = 0;
    for (int y = 1; y < a.height() - 1; y++) {
      for (int x = 1; x < a.width() - 1; x++) {
        double gx = (b.at(x + 1, y, 0) - b.at(x - 1, y, 0)) / 2;
        double gy = (b.at(x, y + 1, 0) - b.at(x, y - 1, 0)) / 2;
        double t = a.at(x, y, 0) - b.at(x, y, 0);
        xx += gx * gx;
        xy += gx * gy;
        yy += gy * gy;
        xt += gx * t;
        yt += gy * t;
      }
    }
    double det = xx * yy - xy * xy;
    return Math.hypot((yy * xt - xy * yt) / det, (xx * yt - xy * xt) / det);
  }
}
