package org.stereo4d.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.stereo4d.backend.BackendException;
import org.stereo4d.examples.command.BackendsCommand;
import org.stereo4d.examples.command.BatchCommand;
import org.stereo4d.examples.command.DisparityCommand;
import org.stereo4d.examples.command.DoctorCommand;
import org.stereo4d.examples.command.EvaluateCommand;
import org.stereo4d.examples.command.FilterCommand;
import org.stereo4d.examples.command.ModelsCommand;
import org.stereo4d.examples.command.OptimizeCommand;
import org.stereo4d.examples.command.PosesCommand;
import org.stereo4d.examples.command.RectifyCommand;
import org.stereo4d.examples.command.RunCommand;
import org.stereo4d.examples.command.StabilizeCommand;
import org.stereo4d.examples.command.SynthCommand;
import org.stereo4d.examples.command.To3dCommand;
import org.stereo4d.examples.command.TrackCommand;
import org.stereo4d.examples.console.Console;
import org.stereo4d.examples.console.Terminal;
import org.stereo4d.examples.loop.LoopCommand;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;

/** The program. */
@Command(
    name = "stereo4d",
    mixinStandardHelpOptions = true,
    versionProvider = Stereo4d.Version.class,
    description = "3D and 4D out of video.",
    footer = {
      "",
      "Start here:",
      "  stereo4d synth walking-camera -o demo",
      "  stereo4d doctor demo/vr180.mp4",
      "  stereo4d run demo/vr180.mp4 -o demo/run",
      "",
      "Exit codes: 0 done, 1 bad input, 2 usage, 3 a fault of the program, 130 cancelled."
    },
    subcommands = {
      DoctorCommand.class,
      RectifyCommand.class,
      DisparityCommand.class,
      TrackCommand.class,
      FilterCommand.class,
      OptimizeCommand.class,
      PosesCommand.class,
      RunCommand.class,
      BatchCommand.class,
      To3dCommand.class,
      StabilizeCommand.class,
      LoopCommand.class,
      SynthCommand.class,
      EvaluateCommand.class,
      ModelsCommand.class,
      BackendsCommand.class,
      AutoComplete.GenerateCompletion.class,
      CommandLine.HelpCommand.class
    })
public final class Stereo4d {
  private static final int BAD_INPUT = 1;
  private static final int FAULT = 3;
  private static final int CANCELLED = 130;
  private static final long CLEAN_UP_SECONDS = 10;

  /** Version of the jar this class came in. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Stereo4d.class.getPackage().getImplementationVersion();
      return new String[] {"stereo4d " + (version == null ? "of a build folder" : version)};
    }
  }

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    Terminal terminal = Terminal.ofSystem();
    CountDownLatch done = new CountDownLatch(1);
    Thread stop =
        new Thread(
            () -> {
              terminal.interrupted().set(true);
              await(done);
            });
    Runtime.getRuntime().addShutdownHook(stop);
    int code = run(terminal, args);
    done.countDown();
    if (!terminal.interrupted().get()) {
      System.exit(code);
    }
  }

  /** Gives the work time to delete what is half done. */
  private static void await(CountDownLatch done) {
    try {
      if (!done.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("stopped in the middle of a step");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Runs a command.
   *
   * @return its exit code
   */
  public static int run(Terminal terminal, String... args) {
    CommandLine program = new CommandLine(new Stereo4d(), new Factory(terminal));
    program.setOut(terminal.out());
    program.setErr(terminal.err());
    program.setCaseInsensitiveEnumValuesAllowed(true);
    program.setExecutionExceptionHandler((e, command, parsed) -> report(e, terminal.err()));
    if (args.length == 0) {
      program.usage(terminal.out());
      return 2;
    }
    return program.execute(args);
  }

  private static int report(Exception e, PrintWriter err) {
    if (e instanceof CancellationException) {
      err.println("cancelled; finished stages are kept, give --resume to go on");
      return CANCELLED;
    }
    if (e instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
      err.println("error: " + message(unchecked.getCause()));
      return BAD_INPUT;
    }
    if (e instanceof IOException io) {
      err.println("error: " + message(io));
      return BAD_INPUT;
    }
    if (e instanceof IllegalArgumentException || e instanceof BackendException) {
      err.println("error: " + e.getMessage());
      return BAD_INPUT;
    }
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    err.println("this is a fault of the program, please report it:");
    err.println(trace);
    return FAULT;
  }

  /** The messages of the platform often hold nothing but a path. */
  private static String message(IOException e) {
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + ": no such file or folder";
    }
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied";
    }
    return String.valueOf(e.getMessage());
  }

  /** Makes the console of each command on the terminal of this run. */
  private record Factory(Terminal terminal) implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      return type == Console.class
          ? type.cast(new Console(terminal))
          : CommandLine.defaultFactory().create(type);
    }
  }
}
