package org.stereo4d.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.stereo4d.image.ByteImage;
import org.stereo4d.video.RectifiedVideo;
import org.stereo4d.video.StereoFrame;

/** Left views of a rectified video as pictures, one at a time. */
final class LeftViews implements Iterable<ByteImage> {
  private final RectifiedVideo video;

  LeftViews(RectifiedVideo video) {
    this.video = video;
  }

  @Override
  public Iterator<ByteImage> iterator() {
    return new Iterator<>() {
      private Optional<StereoFrame> waiting = read();

      private Optional<StereoFrame> read() {
        try {
          return video.next();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public boolean hasNext() {
        return waiting.isPresent();
      }

      @Override
      public ByteImage next() {
        ByteImage left =
            waiting.orElseThrow(() -> new NoSuchElementException("no more frames")).pair().left();
        waiting = read();
        return left;
      }
    };
  }
}
