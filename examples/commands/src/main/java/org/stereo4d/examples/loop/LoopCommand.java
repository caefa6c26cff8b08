package org.stereo4d.examples.loop;

import picocli.CommandLine.Command;

/** 3D video loops. */
@Command(
    name = "loop",
    mixinStandardHelpOptions = true,
    description = "3D video loops from asynchronous videos of still cameras.",
    footer = {
      "",
      "Example:",
      "  stereo4d loop synth -o water",
      "  stereo4d loop train water -o trained --preset DEMO --hold-out 0",
      "  stereo4d loop export water trained/loop.mtv.npz -o page",
      "  stereo4d loop view page"
    },
    subcommands = {
      SynthLoopCommand.class,
      PrepareCommand.class,
      TrainCommand.class,
      RenderCommand.class,
      ExportCommand.class,
      MeasureCommand.class,
      ViewCommand.class,
      FlatCommand.class
    })
public final class LoopCommand {}
