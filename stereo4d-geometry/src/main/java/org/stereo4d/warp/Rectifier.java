package org.stereo4d.warp;

import org.jspecify.annotations.Nullable;
import org.stereo4d.camera.EquirectCamera;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vr180Calibration;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;

/**
 * Side-by-side VR180 frames to rectified pairs. Tables are built at the first frame and kept; a
 * frame of another size builds them anew. Thread-safe.
 */
public final class Rectifier {
  private static final RemapOptions REFERENCE =
      RemapOptions.DEFAULTS.withSampling(Sampling.FIXED_POINT);

  private final Vr180Calibration calibration;
  private final RectifierOptions options;
  private final ImageRemapper remapper;
  private @Nullable Tables views;
  private @Nullable Tables equirect;

  /** Rectifies in plain Java. */
  public Rectifier(Vr180Calibration calibration, RectifierOptions options) {
    this(calibration, options, PlainRemapper.INSTANCE);
  }

  /** Rectifies with another implementation of the warp. */
  public Rectifier(Vr180Calibration calibration, RectifierOptions options, ImageRemapper remapper) {
    this.calibration = calibration;
    this.options = options;
    this.remapper = remapper;
  }

  private record Tables(ImageSize eyeSize, RemapTable left, RemapTable right) {}

  /** The perspective views of a side-by-side frame. */
  public StereoPair rectify(ByteImage sideBySide) {
    StereoPair eyes = StereoPair.splitSideBySide(sideBySide);
    return switch (options.mode()) {
      case COMPOSED -> apply(viewTables(eyes.left().size()), eyes, options.remap());
      case TWO_PASS ->
          apply(viewTables(eyes.left().size()), rectifyEquirect(sideBySide), REFERENCE);
    };
  }

  /** The eyes of a side-by-side frame, rectified, as equirectangular images of the same size. */
  public StereoPair rectifyEquirect(ByteImage sideBySide) {
    StereoPair eyes = StereoPair.splitSideBySide(sideBySide);
    RemapOptions rule = options.mode() == RemapMode.TWO_PASS ? REFERENCE : options.remap();
    return apply(equirectTables(eyes.left().size()), eyes, rule);
  }

  private StereoPair apply(Tables tables, StereoPair pair, RemapOptions rule) {
    return new StereoPair(
        remapper.remap(pair.left(), tables.left(), rule),
        remapper.remap(pair.right(), tables.right(), rule));
  }

  private synchronized Tables viewTables(ImageSize eyeSize) {
    Tables tables = views;
    if (tables == null || !tables.eyeSize().equals(eyeSize)) {
      EquirectCamera eye = calibration.eye(eyeSize);
      Rotation3 direction = options.rectifiedFromView();
      boolean composed = options.mode() == RemapMode.COMPOSED;
      Rotation3 left = composed ? calibration.leftFromRectified() : Rotation3.IDENTITY;
      Rotation3 right = composed ? calibration.rightFromRectified() : Rotation3.IDENTITY;
      tables =
          new Tables(
              eyeSize,
              RemapTable.between(options.view(), eye, left.compose(direction)),
              RemapTable.between(options.view(), eye, right.compose(direction)));
      views = tables;
    }
    return tables;
  }

  private synchronized Tables equirectTables(ImageSize eyeSize) {
    Tables tables = equirect;
    if (tables == null || !tables.eyeSize().equals(eyeSize)) {
      EquirectCamera eye = calibration.eye(eyeSize);
      tables =
          new Tables(
              eyeSize,
              RemapTable.between(eye, eye, calibration.leftFromRectified()),
              RemapTable.between(eye, eye, calibration.rightFromRectified()));
      equirect = tables;
    }
    return tables;
  }
}
