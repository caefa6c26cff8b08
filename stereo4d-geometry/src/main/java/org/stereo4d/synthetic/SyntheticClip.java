package org.stereo4d.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.stereo4d.camera.Camera;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.PoseSource;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;
import org.stereo4d.run.Check;
import org.stereo4d.synthetic.scene.SceneRenderer;
import org.stereo4d.synthetic.scene.SceneTruth;
import org.stereo4d.synthetic.scene.SyntheticScene;
import org.stereo4d.synthetic.scene.Trajectory;
import org.stereo4d.synthetic.scene.TrueTracks;
import org.stereo4d.synthetic.scene.View;
import org.stereo4d.track.QueryPoints;
import org.stereo4d.video.VideoReader;

/**
 * A scene filmed by a VR180 rig, with exact answers about every frame.
 *
 * <p>The world is the left rectified camera of frame 0. Pictures are drawn when asked for, so a
 * clip of any length takes no memory. Immutable and thread-safe; the same bits for the same
 * arguments on any number of threads.
 *
 * <p>Pictures carry noise, exposure, blur and the arrangement of the eyes; answers of {@link
 * #truth} do not. Blur is centred on the time of the frame.
 */
public final class SyntheticClip {
  private static final int BLUR_SAMPLES = 8;
  private static final double EXPOSURE_PERIOD_SECONDS = 2.5;

  private final SyntheticScene scene;
  private final SceneOptions options;
  private final SceneRenderer renderer;
  private final SceneTruth truth;
  private final Trajectory worldFromCamera;

  private SyntheticClip(SyntheticScene scene, SceneOptions options) {
    this.scene = scene;
    this.options = options;
    this.renderer = new SceneRenderer(scene);
    this.truth = new SceneTruth(scene);
    this.worldFromCamera = options.cameraMotion().trajectory(options.seed());
  }

  /** A preset with its own options. */
  public static SyntheticClip of(Preset preset) {
    return of(preset, preset.options());
  }

  /** A preset's world filmed in another way. */
  public static SyntheticClip of(Preset preset, SceneOptions options) {
    return of(preset.scene(options.seed()), options);
  }

  /** Any world. */
  public static SyntheticClip of(SyntheticScene scene, SceneOptions options) {
    return new SyntheticClip(scene, options);
  }

  /** The world. */
  public SyntheticScene scene() {
    return scene;
  }

  /** How it is filmed. */
  public SceneOptions options() {
    return options;
  }

  /** Exact answers about any view of the world. */
  public SceneTruth truth() {
    return truth;
  }

  /** Number of frames. */
  public int frameCount() {
    return options.frameCount();
  }

  /** Presentation time of a frame. */
  public double timeSeconds(int frame) {
    Check.that(
        frame >= 0 && frame < frameCount(),
        "frame must be in [0, %s), was %s",
        frameCount(),
        frame);
    return frame / options.framesPerSecond();
  }

  /** Presentation time of each frame. */
  public double[] timesSeconds() {
    return IntStream.range(0, frameCount()).mapToDouble(this::timeSeconds).toArray();
  }

  private double worldSeconds(int frame) {
    return options.frozen() ? 0 : timeSeconds(frame);
  }

  /** Pose of the left rectified camera at a frame. */
  public Rigid3 worldFromCamera(int frame) {
    return worldFromCamera.worldFromBody(worldSeconds(frame));
  }

  /** Pose of the left rectified camera at each frame. */
  public List<Rigid3> worldFromCameras() {
    return IntStream.range(0, frameCount()).mapToObj(this::worldFromCamera).toList();
  }

  /** The true poses, at any times, for whatever clip id. */
  public PoseSource poseSource() {
    return (clipId, timesSeconds) -> {
      List<Rigid3> out = new ArrayList<>();
      for (double t : timesSeconds) {
        out.add(worldFromCamera.worldFromBody(options.frozen() ? 0 : t));
      }
      return out;
    };
  }

  /** The left rectified camera at a frame. */
  public View left(int frame, Camera camera) {
    return rectified(Eye.LEFT, camera).apply(worldSeconds(frame));
  }

  /** The right rectified camera at a frame: the left one displaced by the baseline along its x. */
  public View right(int frame, Camera camera) {
    return rectified(Eye.RIGHT, camera).apply(worldSeconds(frame));
  }

  /** The left camera of each frame, as {@link SceneTruth#tracks} takes them. */
  public List<View> leftViews(Camera camera) {
    return IntStream.range(0, frameCount()).mapToObj(t -> left(t, camera)).toList();
  }

  /** The raw left eye of a VR180 frame. */
  public View rawLeft(int frame, ImageSize eyeSize) {
    return raw(Eye.LEFT, eyeSize).apply(worldSeconds(frame));
  }

  /** The raw right eye of a VR180 frame. */
  public View rawRight(int frame, ImageSize eyeSize) {
    return raw(Eye.RIGHT, eyeSize).apply(worldSeconds(frame));
  }

  private DoubleFunction<View> rectified(Eye eye, Camera camera) {
    return view(eye, Rotation3.IDENTITY, camera);
  }

  private DoubleFunction<View> raw(Eye eye, ImageSize eyeSize) {
    Vr180Calibration calibration = options.calibration();
    Rotation3 rawFromRectified =
        eye == Eye.LEFT ? calibration.leftFromRectified() : calibration.rightFromRectified();
    return view(eye, rawFromRectified.inverse(), calibration.eye(eyeSize));
  }

  private DoubleFunction<View> view(Eye eye, Rotation3 rectifiedFromView, Camera camera) {
    double xMeters = eye == Eye.LEFT ? 0 : options.baselineMeters();
    Rigid3 leftFromView = new Rigid3(rectifiedFromView, new Vec3(xMeters, 0, 0));
    return time ->
        new View(camera, worldFromCamera.worldFromBody(time).compose(leftFromView), time);
  }

  /** Picture in the place of the left view, of any camera model. */
  public ByteImage leftImage(int frame, Camera camera) {
    return photograph(frame, shown(Eye.LEFT), rectified(shown(Eye.LEFT), camera));
  }

  /** Picture in the place of the right view, of any camera model. */
  public ByteImage rightImage(int frame, Camera camera) {
    return photograph(frame, shown(Eye.RIGHT), rectified(shown(Eye.RIGHT), camera));
  }

  /** Both rectified pictures. */
  public StereoPair pair(int frame, Camera camera) {
    return new StereoPair(leftImage(frame, camera), rightImage(frame, camera));
  }

  /** A raw VR180 frame, both eyes side by side. */
  public ByteImage vr180Frame(int frame, ImageSize eyeSize) {
    ByteImage out = ByteImage.create(eyeSize.sideBySide(), 3);
    StereoPair halves = StereoPair.splitSideBySide(out);
    photograph(frame, shown(Eye.LEFT), raw(shown(Eye.LEFT), eyeSize), halves.left());
    photograph(frame, shown(Eye.RIGHT), raw(shown(Eye.RIGHT), eyeSize), halves.right());
    return out;
  }

  /** The raw VR180 clip. */
  public VideoReader vr180Video(ImageSize eyeSize) {
    return video(eyeSize.sideBySide(), t -> vr180Frame(t, eyeSize));
  }

  /** The left view as a video. */
  public VideoReader leftVideo(Camera camera) {
    return video(camera.size(), t -> leftImage(t, camera));
  }

  /** The right view as a video. */
  public VideoReader rightVideo(Camera camera) {
    return video(camera.size(), t -> rightImage(t, camera));
  }

  /** The rectified pair, side by side, as a video. */
  public VideoReader pairVideo(Camera camera) {
    return video(camera.size().sideBySide(), t -> pair(t, camera).joinSideBySide());
  }

  private VideoReader video(ImageSize size, IntFunction<ByteImage> draw) {
    return new GeneratedVideo(size, frameCount(), options.framesPerSecond(), draw);
  }

  /** The left pictures as a list that draws on demand and keeps nothing. */
  public List<ByteImage> leftImages(Camera camera) {
    return new GeneratedFrames(frameCount(), t -> leftImage(t, camera));
  }

  /** Exact disparity of a left view; NaN on the sky. */
  public DisparityMap disparity(int frame, PinholeCamera camera) {
    return truth.disparity(left(frame, camera), options.baselineMeters());
  }

  /** Exact tracks in the left view. */
  public TrueTracks tracks(Camera camera, QueryPoints queries) {
    return truth.tracks(leftViews(camera), queries);
  }

  private Eye shown(Eye place) {
    return switch (options.eyes()) {
      case LEFT_RIGHT -> place;
      case MONO -> Eye.LEFT;
      case SWAPPED -> place == Eye.LEFT ? Eye.RIGHT : Eye.LEFT;
    };
  }

  private ByteImage photograph(int frame, Eye eye, DoubleFunction<View> view) {
    ByteImage out = ByteImage.create(view.apply(0).camera().size(), 3);
    photograph(frame, eye, view, out);
    return out;
  }

  private void photograph(int frame, Eye eye, DoubleFunction<View> view, ByteImage out) {
    double time = worldSeconds(frame);
    List<View> exposure = new ArrayList<>();
    int samples = options.shutterSeconds() > 0 ? BLUR_SAMPLES : 1;
    for (int i = 0; i < samples; i++) {
      double share = (i + 0.5) / samples - 0.5;
      exposure.add(view.apply(time + share * options.shutterSeconds()));
    }
    double wave = Math.sin(2 * Math.PI * time / EXPOSURE_PERIOD_SECONDS);
    long key = Sensor.key(options.seed(), eye.ordinal(), options.frozen() ? 0 : frame);
    new Sensor(1 + options.exposureChange() * wave, options.noiseSigma(), key)
        .photograph(renderer, exposure, out);
  }

  private enum Eye {
    LEFT,
    RIGHT
  }
}
