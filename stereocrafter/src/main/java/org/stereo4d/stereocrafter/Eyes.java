package org.stereo4d.stereocrafter;

import java.io.IOException;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.StereoPair;
import org.stereo4d.stereocrafter.format.Packing;
import org.stereo4d.video.VideoWriter;

/** Both eyes of a frame. */
sealed interface Eyes {
  /** Both in one frame, which does not hold on to them. */
  Packed pack(Packing packing);

  /** A frame that is ready to be written. */
  @FunctionalInterface
  interface Packed {
    /** Writes it. */
    void write(VideoWriter writer, double timeSeconds) throws IOException;
  }

  /** Eyes of 8 bits. */
  record OfBytes(StereoPair pair) implements Eyes {
    @Override
    public Packed pack(Packing packing) {
      ByteImage frame = packing.pack(pair);
      return (writer, timeSeconds) -> writer.write(frame, timeSeconds);
    }
  }

  /** Eyes with values in [0, 1]. */
  record OfFloats(FloatImage left, FloatImage right) implements Eyes {
    @Override
    public Packed pack(Packing packing) {
      FloatImage frame = packing.pack(left, right);
      return (writer, timeSeconds) -> writer.write(frame, timeSeconds);
    }
  }
}
