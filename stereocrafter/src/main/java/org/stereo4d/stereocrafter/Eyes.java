package org.stereo4d.stereocrafter;

import java.io.IOException;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.StereoPair;
import org.stereo4d.stereocrafter.format.Packing;
import org.stereo4d.video.VideoWriter;

/** Both eyes of a frame. */
sealed interface Eyes {
  /** Writes them as one frame. */
  void write(Packing packing, VideoWriter writer, double timeSeconds) throws IOException;

  /** Eyes of 8 bits. */
  record OfBytes(StereoPair pair) implements Eyes {
    @Override
    public void write(Packing packing, VideoWriter writer, double timeSeconds) throws IOException {
      writer.write(packing.pack(pair), timeSeconds);
    }
  }

  /** Eyes with values in [0, 1]. */
  record OfFloats(FloatImage left, FloatImage right) implements Eyes {
    @Override
    public void write(Packing packing, VideoWriter writer, double timeSeconds) throws IOException {
      writer.write(packing.pack(left, right), timeSeconds);
    }
  }
}
