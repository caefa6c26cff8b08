package org.stereo4d.examples.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.stereo4d.examples.console.Console;
import org.stereo4d.examples.report.KnownModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists networks. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = "Known networks, their files and licences. None is shipped or downloaded.",
    footer = {"", "Example:", "  stereo4d models"})
public final class ModelsCommand implements Callable<Integer> {
  @Mixin private Console console;

  @Override
  public Integer call() throws IOException {
    return console.run(progress -> list());
  }

  private static Map<String, Object> list() {
    List<Object> out = new ArrayList<>();
    for (KnownModel model : KnownModel.ALL) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("name", model.name());
      item.put("for", model.role());
      item.put("weights", model.weights());
      item.put("form", model.form());
      out.add(item);
    }
    return Map.of("models", out);
  }
}
