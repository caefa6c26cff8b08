package org.stereo4d.network;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.stereo4d.backend.Availability;
import org.stereo4d.backend.BackendException;

/** The one place that starts the tensor engine: offline, silent, and with a clear error. */
public final class TorchEngine {
  private static final String NAME = "PyTorch";

  private TorchEngine() {}

  /** Whether the engine's classes and natives are there; loads nothing. */
  public static Availability availability() {
    Properties versions = properties("/pytorch-engine.properties");
    String djl = versions.getProperty("djl_version", "VERSION");
    String torch = versions.getProperty("pytorch_version", "VERSION");
    List<String> missing = new ArrayList<>();
    if (TorchEngine.class.getResource("/jnilib/pytorch.properties") == null) {
      missing.add("ai.djl.pytorch:pytorch-jni:" + torch + "-" + djl);
    }
    if (setting("PYTORCH_LIBRARY_PATH") == null
        && !classifier()
            .equals(properties("/native/lib/pytorch.properties").getProperty("classifier"))) {
      missing.add("ai.djl.pytorch:pytorch-native-cpu:" + torch + ":" + classifier());
    }
    return missing.isEmpty()
        ? new Availability.Ready(torch)
        : new Availability.Missing(
            "no PyTorch natives for this platform on the class path; add "
                + String.join(" and ", missing)
                + " (group:artifact:version[:classifier]), or name a libtorch "
                + torch
                + " by PYTORCH_LIBRARY_PATH");
  }

  /**
   * A scope of arrays on a device; closing it frees them.
   *
   * @throws BackendException if the engine does not start or the device is not there
   */
  public static NDManager newScope(Device device) {
    Engine engine = engine();
    return engine.newBaseManager(device.resolve());
  }

  /** Number of graphics cards that the engine can use. */
  public static int gpuCount() {
    return engine().getGpuCount();
  }

  static Engine engine() {
    return Holder.engine();
  }

  static BackendException noGpu(int index, int count) {
    return new BackendException(
        "PyTorch sees "
            + count
            + " graphics cards, number "
            + index
            + " was asked for; cards need a libtorch built for CUDA 12.8 of the same version, named"
            + " by PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR=cu128");
  }

  /** Starts the engine when it is first used. */
  private static final class Holder {
    private static final Object LOCK = new Object();

    static Engine engine() {
      synchronized (LOCK) {
        setUnlessSet("ai.djl.offline", "true");
        setUnlessSet("OPT_OUT_TRACKING", "true");
        if (availability() instanceof Availability.Missing missing) {
          throw new BackendException("PyTorch is needed for networks: " + missing.reason());
        }
        try {
          return Engine.getEngine(NAME);
        } catch (EngineException | LinkageError e) {
          throw new BackendException(
              "PyTorch does not start on this machine: " + rootMessage(e), e);
        }
      }
    }
  }

  private static void setUnlessSet(String name, String value) {
    if (setting(name) == null) {
      System.setProperty(name, value);
    }
  }

  private static @Nullable String setting(String name) {
    String property = System.getProperty(name);
    return property != null ? property : System.getenv(name);
  }

  private static String rootMessage(Throwable error) {
    Throwable root = error;
    for (int depth = 0; depth < 10 && root.getCause() != null; depth++) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private static Properties properties(String resource) {
    Properties out = new Properties();
    try (InputStream in = TorchEngine.class.getResourceAsStream(resource)) {
      if (in != null) {
        out.load(in);
      }
    } catch (IOException e) {
      out.clear(); // an unreadable jar counts as missing
    }
    return out;
  }

  /** Platform name in the engine's classifiers, such as "linux-x86_64" or "osx-aarch64". */
  private static String classifier() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String osName = os.contains("mac") ? "osx" : os.contains("windows") ? "win" : "linux";
    String archName =
        switch (arch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch64";
          default -> arch;
        };
    return osName + "-" + archName;
  }
}
