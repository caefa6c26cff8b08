package org.stereo4d.stereocrafter.format;

import java.util.Optional;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;
import org.stereo4d.io.container.SphericalMetadata;
import org.stereo4d.io.container.StereoLayout;
import org.stereo4d.warp.PlainRemapper;

/** How a pair becomes a frame of a video, and what the container and the name say about it. */
public interface Packing {
  /** Size of the frames of eyes of a size. */
  ImageSize frameSize(ImageSize eye);

  /** One frame of both eyes. */
  ByteImage pack(StereoPair pair);

  /** The same of values in [0, 1], with all their bits. */
  FloatImage pack(FloatImage left, FloatImage right);

  /** What the container is told; empty when it cannot express it. */
  Optional<SphericalMetadata> metadata();

  /** End of the file's name before its extension. */
  String suffix();

  /** Both eyes in a flat frame. */
  static Packing of(StereoFormat format) {
    return new Packing() {
      @Override
      public ImageSize frameSize(ImageSize eye) {
        return format.frameSize(eye);
      }

      @Override
      public ByteImage pack(StereoPair pair) {
        return format.pack(pair);
      }

      @Override
      public FloatImage pack(FloatImage left, FloatImage right) {
        return format.pack(left, right);
      }

      @Override
      public Optional<SphericalMetadata> metadata() {
        return format.layout().map(SphericalMetadata::flat);
      }

      @Override
      public String suffix() {
        return format.suffix();
      }
    };
  }

  /** For coloured glasses. */
  static Packing of(Anaglyph anaglyph) {
    return new Packing() {
      @Override
      public ImageSize frameSize(ImageSize eye) {
        return eye;
      }

      @Override
      public ByteImage pack(StereoPair pair) {
        return anaglyph.pack(pair);
      }

      @Override
      public FloatImage pack(FloatImage left, FloatImage right) {
        return anaglyph.pack(left, right);
      }

      @Override
      public Optional<SphericalMetadata> metadata() {
        return Optional.empty();
      }

      @Override
      public String suffix() {
        return anaglyph.suffix();
      }
    };
  }

  /** Half spheres side by side, for eyes of one size. */
  static Packing ofVr180(ImageSize eye, double fovDegrees) {
    Vr180Picture projection = Vr180Picture.of(eye, fovDegrees, PlainRemapper.INSTANCE);
    return new Packing() {
      @Override
      public ImageSize frameSize(ImageSize size) {
        return projection.size().sideBySide();
      }

      @Override
      public ByteImage pack(StereoPair pair) {
        return new StereoPair(projection.project(pair.left()), projection.project(pair.right()))
            .joinSideBySide();
      }

      @Override
      public FloatImage pack(FloatImage left, FloatImage right) {
        return StereoFormat.FULL_SIDE_BY_SIDE.pack(
            projection.project(left), projection.project(right));
      }

      @Override
      public Optional<SphericalMetadata> metadata() {
        return Optional.of(SphericalMetadata.vr180(StereoLayout.LEFT_RIGHT));
      }

      @Override
      public String suffix() {
        return "_180x180_LR";
      }
    };
  }
}
