package org.stereo4d.video;

import java.io.IOException;
import java.util.Optional;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.StereoPair;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.warp.Rectifier;

/**
 * A side-by-side VR180 video as a stream of rectified views. Holds one frame; closing it closes the
 * source.
 */
public final class RectifiedVideo implements AutoCloseable {
  private final VideoReader source;
  private final Rectifier rectifier;

  /** Rectifies the frames of a source not read yet. */
  public RectifiedVideo(VideoReader source, Rectifier rectifier) {
    this.source = source;
    this.rectifier = rectifier;
  }

  /** The next pair of perspective views, or empty at the end. */
  public Optional<StereoFrame> next() throws IOException {
    Optional<Frame> frame = source.next();
    return frame.map(
        f -> new StereoFrame(f.frameIndex(), f.timeSeconds(), rectifier.rectify(f.image())));
  }

  /** The next rectified frame, still equirectangular, side by side; empty at the end. */
  public Optional<Frame> nextEquirect() throws IOException {
    Optional<Frame> frame = source.next();
    return frame.map(
        f -> {
          ByteImage joined = rectifier.rectifyEquirect(f.image()).joinSideBySide();
          return Frame.of(f.frameIndex(), f.timeSeconds(), joined);
        });
  }

  /**
   * Writes all remaining views to two videos and finishes them.
   *
   * @return frames written
   */
  public int writeViews(VideoWriter left, VideoWriter right, Progress progress) throws IOException {
    int total = source.info().frameCount().orElse(0);
    int written = 0;
    boolean finished = false;
    for (Optional<StereoFrame> frame = next();
        frame.isPresent();
        frame = finished ? Optional.empty() : next()) {
      StereoPair pair = frame.get().pair();
      left.write(pair.left());
      right.write(pair.right());
      finished = progress.finishAfter(Step.of("rectify", ++written, total));
    }
    left.finish();
    right.finish();
    return written;
  }

  /**
   * Writes all remaining rectified frames, still equirectangular and side by side, and finishes the
   * video.
   *
   * @return frames written
   */
  public int writeEquirect(VideoWriter writer, Progress progress) throws IOException {
    int total = source.info().frameCount().orElse(0);
    int written = 0;
    boolean finished = false;
    for (Optional<Frame> frame = nextEquirect();
        frame.isPresent();
        frame = finished ? Optional.empty() : nextEquirect()) {
      writer.write(frame.get().image());
      finished = progress.finishAfter(Step.of("rectify", ++written, total));
    }
    writer.finish();
    return written;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
