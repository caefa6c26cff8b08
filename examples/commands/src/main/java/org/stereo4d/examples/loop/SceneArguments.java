package org.stereo4d.examples.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.stereo4d.backend.Backends;
import org.stereo4d.videoloop.data.LoopCameras;
import org.stereo4d.videoloop.data.LoopScene;
import org.stereo4d.videoloop.data.SceneFolder;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A scene on disk. */
final class SceneArguments {
  @Parameters(
      index = "0",
      paramLabel = "SCENE",
      description = "folder with poses_bounds.npy and one video per view in videos_<factor>")
  private Path folder;

  @Option(
      names = "--factor",
      paramLabel = "N",
      defaultValue = "1",
      description = "reads videos_<N>, whose sides are 1/N of those the poses were found at")
  private int factor = 1;

  LoopScene read() throws IOException {
    if (!Files.exists(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
    return new SceneFolder(folder)
        .read(factor, Backends.video("ffmpeg"), LoopCameras.BoundFactors.DEFAULTS);
  }
}
