package org.stereo4d.warp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.stereo4d.camera.Camera;
import org.stereo4d.camera.EquirectCamera;
import org.stereo4d.camera.FovBounds;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;
import org.stereo4d.synthetic.Preset;
import org.stereo4d.synthetic.SyntheticClip;

class RectifierSceneTest {
  /** Where a view lies against the same view drawn directly, pixels. */
  private static final double MAX_ERROR_PX = 0.01;

  /** The same on furnished rooms, whose fine texture fades differently in eye and view. */
  private static final double MAX_ROOM_ERROR_PX = 0.05;

  private static final int WINDOWS = 4;

  private static final PinholeCamera VIEW =
      PinholeCamera.ofHorizontalFovDegrees(new ImageSize(256, 256), 60);

  /** A far world whose brightness is a smooth function of direction: no parallax, no edges. */
  private static ByteImage panorama(Camera camera, Rotation3 worldFromCamera) {
    ByteImage out = ByteImage.create(camera.size(), 3);
    for (int y = 0; y < camera.size().height(); y++) {
      for (int x = 0; x < camera.size().width(); x++) {
        Vec3 d = worldFromCamera.apply(camera.ray(x + 0.5, y + 0.5));
        double wave = Math.sin(40 * d.x() + 9 * d.y()) + Math.sin(37 * d.y() - 8 * d.z());
        Arrays.fill(
            out.array(),
            out.index(x, y),
            out.index(x, y) + 3,
            (byte) Math.round(127.5 + 60 * wave));
      }
    }
    return out;
  }

  @Test
  void rectify_rigWithErrors_putsEveryPartWhereTheDirectViewHasIt() {
    Vr180Calibration calibration =
        new Vr180Calibration(
            FovBounds.VR180,
            Rotation3.ofYawPitchRollDegrees(2.1, -1.7, 2.6),
            Rotation3.ofYawPitchRollDegrees(-1.4, 2.8, -0.9));
    EquirectCamera eye = calibration.eye(new ImageSize(960, 960));
    // a raw ray turned back by the rig error is a rectified ray
    StereoPair raw =
        new StereoPair(
            panorama(eye, calibration.leftFromRectified().inverse()),
            panorama(eye, calibration.rightFromRectified().inverse()));
    StereoPair views =
        new Rectifier(calibration, RectifierOptions.DEFAULTS.withView(VIEW))
            .rectify(raw.joinSideBySide());
    ByteImage direct = panorama(VIEW, Rotation3.IDENTITY);
    assertThat(worstWindow(views.left(), direct)).isLessThan(MAX_ERROR_PX);
    assertThat(worstWindow(views.right(), direct)).isLessThan(MAX_ERROR_PX);
  }

  @Test
  void rectify_roomFilmedByAMisalignedRig_isTheRoomOnAverage() {
    SyntheticClip clip =
        SyntheticClip.of(
            Preset.STATIC_ROOM,
            Preset.STATIC_ROOM.options().withNoiseSigma(0).withRigErrorDegrees(3));
    Rectifier rectifier =
        new Rectifier(clip.options().calibration(), RectifierOptions.DEFAULTS.withView(VIEW));
    StereoPair views = rectifier.rectify(clip.vr180Frame(0, new ImageSize(960, 960)));
    for (double[] shift :
        new double[][] {
          shift(views.left().toFloat().luma(), clip.leftImage(0, VIEW).toFloat().luma()),
          shift(views.right().toFloat().luma(), clip.rightImage(0, VIEW).toFloat().luma())
        }) {
      assertThat(Math.hypot(shift[0], shift[1])).isLessThan(MAX_ROOM_ERROR_PX);
    }
  }

  private static double worstWindow(ByteImage actual, ByteImage expected) {
    int side = actual.width() / WINDOWS;
    ImageSize window = new ImageSize(side, side);
    double worst = 0;
    for (int v = 0; v < WINDOWS; v++) {
      for (int u = 0; u < WINDOWS; u++) {
        double[] shift =
            shift(
                actual.crop(u * side, v * side, window).toFloat().luma(),
                expected.crop(u * side, v * side, window).toFloat().luma());
        worst = Math.max(worst, Math.hypot(shift[0], shift[1]));
      }
    }
    return worst;
  }

  /** Least-squares translation between two pictures that nearly agree. */
  private static double[] shift(FloatImage a, FloatImage b) {
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
    return new double[] {(yy * xt - xy * yt) / det, (xx * yt - xy * xt) / det};
  }
}
