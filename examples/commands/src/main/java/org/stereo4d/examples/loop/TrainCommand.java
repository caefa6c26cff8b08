package org.stereo4d.examples.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.stereo4d.examples.console.Console;
import org.stereo4d.run.Progress;
import org.stereo4d.videoloop.LoopOptions;
import org.stereo4d.videoloop.LoopTrainer;
import org.stereo4d.videoloop.data.LoopScene;
import org.stereo4d.videoloop.tile.MultiTileVideo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a loop. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Both stages: a still scene of planes, then the tiles that move.",
    footer = {"", "Example:", "  stereo4d loop train water -o trained --preset DEMO --hold-out 0"})
public final class TrainCommand implements Callable<Integer> {
  enum Preset {
    DEMO,
    STANDARD,
    REFERENCE
  }

  @Mixin private Console console;
  @Mixin private SceneArguments scene;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FOLDER",
      description = "gets still.mtv.npz, loop.mtv.npz and the states between")
  private Path folder;

  @Option(
      names = "--preset",
      defaultValue = "STANDARD",
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private Preset preset = Preset.STANDARD;

  @Option(names = "--frames", paramLabel = "T", description = "frames of the loop")
  private Optional<Integer> frames = Optional.empty();

  @Option(
      names = "--hold-out",
      split = ",",
      paramLabel = "VIEW",
      description = "views kept for 'loop evaluate'")
  private List<Integer> heldOut = List.of();

  @Option(names = "--seed", defaultValue = "2", description = "default: ${DEFAULT-VALUE}")
  private long seed = 2;

  @Option(names = "--resume", description = "go on with an earlier run in the same folder")
  private boolean resume;

  @Override
  public Integer call() throws IOException {
    return console.run(this::train);
  }

  private Map<String, Object> train(Progress progress) throws IOException {
    if (!resume) {
      console.claimFolder(folder);
    }
    LoopScene read = scene.read();
    MultiTileVideo video = new LoopTrainer(options(read)).train(read, folder, progress);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("frames", video.frames());
    out.put("stillTiles", video.stillTiles());
    out.put("movingTiles", video.movingTiles());
    out.put("parameters", video.parameters());
    out.put("file", folder.resolve("loop.mtv.npz"));
    return out;
  }

  private LoopOptions options(LoopScene read) {
    LoopOptions options =
        switch (preset) {
          case DEMO -> LoopOptions.DEMO;
          case STANDARD -> LoopOptions.standard(read.size(), LoopOptions.DEFAULTS.loop().frames());
          case REFERENCE -> LoopOptions.DEFAULTS;
        };
    if (frames.isPresent()) {
      options = options.withLoop(options.loop().withFrames(frames.get()));
    }
    List<Integer> references = new ArrayList<>();
    for (int v = 0; v < read.views() && references.size() < 2; v++) {
      if (!heldOut.contains(v)) {
        references.add(v);
      }
    }
    return options.withViews(heldOut, references).withSeed(seed);
  }
}
