package org.stereo4d.videoloop.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.videoloop.data.LoopScene;
import org.stereo4d.videoloop.tile.MtvFile;
import org.stereo4d.videoloop.tile.MultiTileVideo;

/** The video after each level of stage 2: {@code level_<n>.mtv.npz} and what it was made from. */
final class LoopCheckpoints {
  private final Path folder;
  private final String identity;

  LoopCheckpoints(Path folder, LoopStageOptions options, LoopScene scene, MultiTileVideo still) {
    this.folder = folder;
    this.identity =
        options
            + "\n"
            + scene.cameras()
            + "\n"
            + scene.views()
            + " views of "
            + scene.size()
            + "\n"
            + Arrays.hashCode(still.layers().still().values())
            + " "
            + Arrays.hashCode(still.layers().moving().values())
            + "\n";
  }

  private Path video(int level) {
    return folder.resolve("level_" + level + ".mtv.npz");
  }

  private Path origin(int level) {
    return folder.resolve("level_" + level + ".txt");
  }

  /** Levels that are there and belong to this run, from the first. */
  int levelsDone(int levels) throws IOException {
    int done = 0;
    while (done < levels && isDone(done)) {
      done++;
    }
    return done;
  }

  private boolean isDone(int level) throws IOException {
    return Files.isRegularFile(video(level))
        && Files.isRegularFile(origin(level))
        && Files.readString(origin(level)).equals(identity);
  }

  MultiTileVideo read(int level) throws IOException {
    return MtvFile.read(video(level));
  }

  void write(int level, MultiTileVideo video) throws IOException {
    Files.createDirectories(folder);
    Files.deleteIfExists(origin(level));
    MtvFile.write(video, video(level));
    AtomicOutput.write(origin(level), out -> out.write(identity.getBytes(StandardCharsets.UTF_8)));
  }
}
