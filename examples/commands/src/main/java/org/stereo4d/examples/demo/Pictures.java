package org.stereo4d.examples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.stereo4d.backend.Backends;
import org.stereo4d.examples.report.HtmlPage;
import org.stereo4d.image.ByteImage;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.VideoWriter;

/**
 * Files the demo leaves behind for people.
 *
 * @param folder of the demo
 */
record Pictures(Path folder) {
  /** Keeps a picture as {@code pictures/NAME.jpg} for the documents. */
  void keep(String name, ByteImage image) throws IOException {
    byte[] jpeg = HtmlPage.jpeg(image);
    AtomicOutput.write(folder.resolve("pictures/" + name + ".jpg"), out -> out.write(jpeg));
  }

  /** Writes a video. */
  Path video(String name, List<ByteImage> frames, double framesPerSecond) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(folder);
    EncodeOptions options = EncodeOptions.DEFAULTS.withFramesPerSecond(framesPerSecond);
    try (VideoWriter writer =
        Backends.video("ffmpeg").create(file, frames.get(0).size(), options)) {
      for (ByteImage frame : frames) {
        writer.write(frame);
      }
      writer.finish();
    }
    return file;
  }

  /** Pictures of one height beside each other. */
  static ByteImage row(List<ByteImage> pictures) {
    int width = pictures.stream().mapToInt(ByteImage::width).sum();
    int height = pictures.get(0).height();
    ByteImage out = ByteImage.create(new org.stereo4d.image.ImageSize(width, height), 3);
    int x = 0;
    for (ByteImage picture : pictures) {
      for (int y = 0; y < height; y++) {
        System.arraycopy(
            picture.array(),
            picture.index(0, y),
            out.array(),
            out.index(x, y),
            3 * picture.width());
      }
      x += picture.width();
    }
    return out;
  }
}
