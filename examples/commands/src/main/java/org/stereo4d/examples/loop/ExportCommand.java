package org.stereo4d.examples.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.stereo4d.examples.console.Console;
import org.stereo4d.run.Progress;
import org.stereo4d.videoloop.data.LoopScene;
import org.stereo4d.videoloop.export.ExportOptions;
import org.stereo4d.videoloop.export.ViewerExport;
import org.stereo4d.videoloop.export.ViewerMeta;
import org.stereo4d.videoloop.tile.MtvFile;
import org.stereo4d.videoloop.tile.MultiTileVideo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a loop for browsers. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Textures, mesh and a page for browsers.",
    footer = {"", "Example:", "  stereo4d loop export water trained/loop.mtv.npz -o page"})
public final class ExportCommand implements Callable<Integer> {
  @Mixin private Console console;
  @Mixin private SceneArguments scene;

  @Parameters(index = "1", paramLabel = "LOOP.npz", description = "of 'loop train'")
  private Path loop;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FOLDER")
  private Path folder;

  @Option(
      names = "--max-texture",
      paramLabel = "PX",
      defaultValue = "4096",
      description = "largest side of a texture; default: ${DEFAULT-VALUE}")
  private int maxTexturePx = 4096;

  @Override
  public Integer call() throws IOException {
    return console.run(this::export);
  }

  private Map<String, Object> export(Progress progress) throws IOException {
    console.claimFolder(folder);
    LoopScene read = scene.read();
    MultiTileVideo video = MtvFile.read(loop);
    new ViewerExport(ExportOptions.DEFAULTS.withMaxTexturePx(maxTexturePx))
        .write(video, ViewerMeta.of(read.cameras(), read.framesPerSecond()), folder, progress);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("frames", video.frames());
    out.put("page", folder.resolve(ViewerExport.PAGE));
    out.put("hint", "browsers want a server: stereo4d loop view " + folder);
    return out;
  }
}
