package org.stereo4d.synthetic;

import java.util.List;
import java.util.SplittableRandom;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;
import org.stereo4d.synthetic.scene.SceneRenderer;
import org.stereo4d.synthetic.scene.SceneTruth;
import org.stereo4d.synthetic.scene.SyntheticScene;
import org.stereo4d.synthetic.scene.View;
import org.stereo4d.video.VideoReader;

/**
 * Asynchronous videos of moving water, seen by still, forward-facing cameras.
 *
 * <p>Frame f of camera i shows the water at phase {@code (f + offset_i) mod T} of T frames; the
 * offsets are random and differ. The surroundings are still and textured. Camera 0 stands in the
 * middle, the others on a circle about it, all looking at one point. The same phase gives the same
 * bits before noise.
 */
public final class SyntheticLoop {
  private static final double FIELD_OF_VIEW_DEGREES = 56;
  private static final Vec3 TARGET_METERS = new Vec3(0, 0.15, 4);
  private static final int OFFSET_STEPS = 16; // per frame; a power of 2 keeps phases exact

  private final SyntheticLoopOptions options;
  private final SceneRenderer renderer;
  private final SceneTruth truth;
  private final Rigid3[] worldFromCamera;
  private final double[] offsetFrames;

  private SyntheticLoop(SyntheticLoopOptions options) {
    this.options = options;
    double periodSeconds = options.periodFrames() / options.framesPerSecond();
    SyntheticScene scene = WaterGarden.scene(options.seed(), periodSeconds);
    this.renderer = new SceneRenderer(scene);
    this.truth = new SceneTruth(scene);
    this.worldFromCamera = new Rigid3[options.cameraCount()];
    this.offsetFrames = new double[options.cameraCount()];
    SplittableRandom random = new SplittableRandom(options.seed());
    for (int i = 0; i < worldFromCamera.length; i++) {
      worldFromCamera[i] = cameraPose(i, random);
      offsetFrames[i] =
          random.nextInt(options.periodFrames() * OFFSET_STEPS) / (double) OFFSET_STEPS;
    }
  }

  /** Films the garden. */
  public static SyntheticLoop of(SyntheticLoopOptions options) {
    return new SyntheticLoop(options);
  }

  private Rigid3 cameraPose(int camera, SplittableRandom random) {
    double angle = 2 * Math.PI * (camera + 0.3 * random.nextDouble()) / options.cameraCount();
    double radius = camera == 0 ? 0 : options.spreadMeters() * (0.8 + 0.2 * random.nextDouble());
    Vec3 center =
        new Vec3(
            radius * Math.cos(angle),
            0.7 * radius * Math.sin(angle),
            0.2 * radius * (2 * random.nextDouble() - 1));
    Vec3 gaze = TARGET_METERS.minus(center);
    double yaw = Math.toDegrees(Math.atan2(gaze.x(), gaze.z()));
    double pitch = Math.toDegrees(-Math.asin(gaze.y() / gaze.norm()));
    double roll = 2 * random.nextDouble() - 1;
    return new Rigid3(Rotation3.ofYawPitchRollDegrees(yaw, pitch, roll), center);
  }

  /** How it is filmed. */
  public SyntheticLoopOptions options() {
    return options;
  }

  /** The lens of every camera. */
  public PinholeCamera camera() {
    return PinholeCamera.ofHorizontalFovDegrees(options.size(), FIELD_OF_VIEW_DEGREES);
  }

  /** Pose of each camera. */
  public List<Rigid3> worldFromCameras() {
    return List.of(worldFromCamera);
  }

  /** Where in the period the video of a camera starts, frames in [0, T). */
  public double offsetFrames(int camera) {
    return offsetFrames[camera];
  }

  /** Exact answers about any view of the garden. */
  public SceneTruth truth() {
    return truth;
  }

  /** A camera at a phase, in frames of any sign and size. */
  public View view(int camera, double phaseFrames) {
    return view(worldFromCamera[camera], phaseFrames);
  }

  /** The lens at any place, at a phase. */
  public View view(Rigid3 anyWorldFromCamera, double phaseFrames) {
    double period = options.periodFrames();
    double phase = phaseFrames % period;
    double time = (phase < 0 ? phase + period : phase) / options.framesPerSecond();
    return new View(camera(), anyWorldFromCamera, time);
  }

  /** The picture of any view without noise. */
  public FloatImage draw(View view) {
    return renderer.draw(view);
  }

  /** A noisy frame of a camera's video. */
  public ByteImage image(int camera, int frame) {
    Check.that(
        frame >= 0 && frame < options.clipFrames(),
        "frame must be in [0, %s), was %s",
        options.clipFrames(),
        frame);
    View view = view(camera, frame + offsetFrames[camera]);
    ByteImage out = ByteImage.create(options.size(), 3);
    long key = Sensor.key(options.seed(), camera, frame);
    new Sensor(1, options.noiseSigma(), key).photograph(renderer, List.of(view), out);
    return out;
  }

  /** The video of a camera. */
  public VideoReader video(int camera) {
    return new GeneratedVideo(
        options.size(),
        options.clipFrames(),
        options.framesPerSecond(),
        frame -> image(camera, frame));
  }

  /** Pixels of a camera that show water. */
  public Mask moving(int camera) {
    return truth.surfaces(view(camera, 0)).moving(truth.scene());
  }

  /** Smallest and largest depth that a camera sees, metres. */
  public double[] nearFarMeters(int camera) {
    DepthMap depth = truth.depth(view(camera, 0));
    double near = Double.POSITIVE_INFINITY;
    double far = 0;
    for (float meters : depth.meters().array()) {
      near = Math.min(near, meters);
      far = Math.max(far, meters);
    }
    return new double[] {near, far};
  }
}
