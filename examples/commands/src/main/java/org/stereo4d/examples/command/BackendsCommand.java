package org.stereo4d.examples.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.stereo4d.backend.Availability;
import org.stereo4d.backend.BackendProvider;
import org.stereo4d.backend.Backends;
import org.stereo4d.backend.NativeLibraries;
import org.stereo4d.examples.console.Console;
import org.stereo4d.network.TorchEngine;
import org.stereo4d.run.VectorTwins;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists engines. */
@Command(
    name = "backends",
    mixinStandardHelpOptions = true,
    description = "Which engines are present, which are missing, and how to add them.",
    footer = {"", "Example:", "  stereo4d backends --json"})
public final class BackendsCommand implements Callable<Integer> {
  @Mixin private Console console;

  @Override
  public Integer call() throws IOException {
    return console.run(progress -> list());
  }

  private static Map<String, Object> list() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("platform", NativeLibraries.platform());
    out.put("java", Runtime.version().toString());
    out.put("threads", Runtime.getRuntime().availableProcessors());
    List<Object> engines = new ArrayList<>();
    for (BackendProvider provider : Backends.all()) {
      engines.add(engine(provider.name(), services(provider), provider.availability()));
    }
    Availability torch = TorchEngine.availability();
    engines.add(engine("pytorch", "networks", torch));
    out.put("engines", engines);
    if (torch instanceof Availability.Ready) {
      out.put("gpus", TorchEngine.gpuCount());
    }
    out.put(
        "vectorKernels",
        VectorTwins.areUsable()
            ? "on"
            : "off; start Java with --add-modules jdk.incubator.vector for the same bits faster");
    return out;
  }

  private static String services(BackendProvider provider) {
    if (provider.availability() instanceof Availability.Missing) {
      return "";
    }
    List<String> out = new ArrayList<>();
    provider.video().ifPresent(service -> out.add("video"));
    provider.flowEstimator().ifPresent(service -> out.add("flow"));
    provider.stereoMatcher().ifPresent(service -> out.add("stereo matching"));
    return String.join(", ", out);
  }

  private static Map<String, Object> engine(
      String name, String services, Availability availability) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("name", name);
    if (availability instanceof Availability.Ready ready) {
      out.put("version", ready.version());
      out.put("offers", services);
    } else if (availability instanceof Availability.Missing missing) {
      out.put("missing", missing.reason());
    }
    return out;
  }
}
