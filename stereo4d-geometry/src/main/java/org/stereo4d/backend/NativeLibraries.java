package org.stereo4d.backend;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * Natives of the back ends that come through JavaCPP: what they need before their first use,
 * whether they are on the class path, and how to add them. Looks at resources only; loads no engine
 * class.
 */
public final class NativeLibraries {
  private NativeLibraries() {}

  /** An artifact of group {@code org.bytedeco} that has natives. */
  public enum Preset {
    /** The bridge itself. */
    JAVACPP("javacpp", "jnijavacpp"),
    /** Linear algebra, needed by OpenCV. */
    OPENBLAS("openblas", "jniopenblas"),
    /** Computer vision. */
    OPENCV("opencv", "jniopencv_core"),
    /** Video. */
    FFMPEG("ffmpeg", "jniavutil");

    private final String artifact;
    private final String binding;

    Preset(String artifact, String binding) {
      this.artifact = artifact;
      this.binding = binding;
    }

    private boolean isPresent() {
      String folder = "/org/bytedeco/" + artifact + "/" + platform();
      String file = "/" + System.mapLibraryName(binding);
      return NativeLibraries.class.getResource(folder + file) != null
          || NativeLibraries.class.getResource(folder + "-gpl" + file) != null;
    }

    /** Version of the Java jar, such as "4.13.0-1.5.13"; "VERSION" when the jar does not say. */
    private String version() {
      String name = "/META-INF/maven/org.bytedeco/" + artifact + "/pom.properties";
      Properties properties = new Properties();
      try (InputStream in = NativeLibraries.class.getResourceAsStream(name)) {
        if (in != null) {
          properties.load(in);
        }
      } catch (IOException e) {
        properties.clear(); // an unreadable jar: the coordinates are right but for the number
      }
      return properties.getProperty("version", "VERSION");
    }

    /** Maven coordinates of the natives of this platform: group:artifact:version:classifier. */
    public String coordinates() {
      return "org.bytedeco:" + artifact + ":" + version() + ":" + platform();
    }
  }

  /**
   * Lets JavaCPP allocate although other engines hold memory: it counts the whole process against a
   * multiple of the heap. Applications that set {@code org.bytedeco.javacpp.maxphysicalbytes}
   * themselves keep their value.
   */
  public static void prepareJavaCpp() {
    if (System.getProperty("org.bytedeco.javacpp.maxphysicalbytes") == null) {
      System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
    }
  }

  /**
   * Whether the class path holds the natives of an engine for this platform.
   *
   * @param engine whose version is told
   * @param needs what the engine needs besides
   * @return ready with the version of the engine, or the Maven coordinates of what is missing
   */
  public static Availability availability(Preset engine, Preset... needs) {
    List<String> missing = new ArrayList<>();
    List<Preset> all = new ArrayList<>(List.of(engine));
    all.addAll(List.of(needs));
    for (Preset preset : all) {
      if (!preset.isPresent()) {
        missing.add(preset.coordinates());
      }
    }
    return missing.isEmpty()
        ? new Availability.Ready(engine.version())
        : new Availability.Missing(
            "no natives for this platform on the class path; add "
                + String.join(" and ", missing)
                + " (group:artifact:version:classifier)");
  }

  /** Name of this platform in JavaCPP classifiers, such as "linux-x86_64". */
  public static String platform() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String osName = os.contains("mac") ? "macosx" : os.contains("windows") ? "windows" : "linux";
    String archName =
        switch (arch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm64";
          default -> arch;
        };
    return System.getProperty("org.bytedeco.javacpp.platform", osName + "-" + archName);
  }
}
