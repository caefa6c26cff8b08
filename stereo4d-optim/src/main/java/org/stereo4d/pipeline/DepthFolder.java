package org.stereo4d.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.stereo4d.depth.DepthMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpyArray;

/** Depth of a clip, one npy file per frame: float32 metres, NaN = unknown. */
public final class DepthFolder implements Iterable<DepthMap> {
  private final Path folder;
  private final int frames;

  /** Maps of a clip of so many frames in a folder. */
  public DepthFolder(Path folder, int frames) {
    this.folder = folder;
    this.frames = frames;
  }

  List<Path> files() {
    List<Path> out = new ArrayList<>();
    for (int t = 0; t < frames; t++) {
      out.add(file(t));
    }
    return out;
  }

  private Path file(int frame) {
    return folder.resolve(String.format(Locale.ROOT, "frame_%06d.npy", frame));
  }

  /** Writes the map of a frame. */
  public void write(int frame, DepthMap depth) throws IOException {
    ImageSize size = depth.size();
    NpyArray.of(depth.meters().contiguous(), size.height(), size.width()).write(file(frame));
  }

  /** Reads the map of a frame. */
  public DepthMap read(int frame) throws IOException {
    NpyArray array = NpyArray.read(file(frame));
    int[] shape = array.shape();
    if (shape.length != 2) {
      throw new IOException(file(frame) + ": has " + shape.length + " axes, expected 2");
    }
    return new DepthMap(FloatImage.wrap(array.floats(), new ImageSize(shape[1], shape[0]), 1));
  }

  @Override
  public Iterator<DepthMap> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < frames;
      }

      @Override
      public DepthMap next() {
        try {
          return read(next++);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }
}
