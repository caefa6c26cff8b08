package org.stereo4d.videoloop.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.io.npy.NpzWriter;
import org.stereo4d.videoloop.data.LoopScene;
import org.stereo4d.videoloop.mpi.LayerModel;

/** The state of stage 1 between epochs, as a NumPy archive. */
final class StaticCheckpoint {
  private final Path path;
  private final UpdateRule rule;
  private final String identity;

  StaticCheckpoint(Path path, StaticStageOptions options, LoopScene scene) {
    this.path = path;
    this.rule = options.rule();
    this.identity =
        options + " on " + scene.views() + " views of " + scene.size() + ", " + scene.cameras();
  }

  void write(int epochs, LayerModel model, TextureOptimizer optimizer) throws IOException {
    NpzWriter.write(
        path,
        NpzWriter.Compression.STORED,
        npz -> {
          npz.add("identity", NpyArray.scalar(identity));
          npz.add("epochs", NpyArray.of(new int[] {epochs}));
          npz.add("steps", NpyArray.of(new long[] {optimizer.steps()}));
          npz.add("atlas", NpyArray.of(model.still().values()));
          npz.add("first", NpyArray.of(optimizer.first()));
          npz.add("second", NpyArray.of(optimizer.second()));
        });
  }

  /** Fills the model and hands over the optimiser; returns the epochs done. */
  int read(LayerModel model, Consumer<TextureOptimizer> optimizer) throws IOException {
    try (NpzFile npz = NpzFile.open(path)) {
      if (!npz.text("identity").equals(identity)) {
        throw new IOException(
            path
                + ": field 'identity' belongs to other options or another scene, expected "
                + identity
                + ": remove the file to start anew");
      }
      int values = model.still().values().length;
      npz.requireShape("atlas", values);
      npz.requireShape("first", values);
      npz.requireShape("second", rule == UpdateRule.MOMENTUM ? 0 : values);
      System.arraycopy(npz.floats("atlas"), 0, model.still().values(), 0, values);
      optimizer.accept(
          new TextureOptimizer(
              rule, 1e-8, npz.floats("first"), npz.floats("second"), npz.integer("steps")));
      return (int) npz.integer("epochs");
    }
  }
}
