package org.stereo4d.examples.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.stereo4d.examples.console.Console;
import org.stereo4d.videoloop.export.ViewerServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a loop. */
@Command(
    name = "view",
    mixinStandardHelpOptions = true,
    description = "Serves an exported loop to the browsers of this machine, until interrupted.",
    footer = {"", "Example:", "  stereo4d loop view page"})
public final class ViewCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 100;

  @Mixin private Console console;

  @Parameters(paramLabel = "FOLDER", description = "of 'loop export'")
  private Path folder;

  @Option(
      names = "--port",
      defaultValue = "0",
      description = "0 for any free one; default: ${DEFAULT-VALUE}")
  private int port;

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (ViewerServer server = ViewerServer.start(folder, port)) {
      console.warn("open " + server.address() + " in a browser; interrupt to end");
      while (true) {
        console.checkInterrupted();
        Thread.sleep(LOOK_MILLIS);
      }
    }
  }
}
