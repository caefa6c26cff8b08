package org.stereo4d.backend;

/** Settings that native libraries need before their first use. */
public final class NativeLibraries {
  private NativeLibraries() {}

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
   * Whether a class path holds the natives of a JavaCPP preset for this platform.
   *
   * @param preset such as "ffmpeg"
   * @param library file name without prefix and suffix, such as "jniavutil"
   */
  public static boolean hasJavaCppNative(String preset, String library) {
    String folder = "/org/bytedeco/" + preset + "/" + platform();
    String[] suffixes = {"", "-gpl"};
    for (String suffix : suffixes) {
      String path = folder + suffix + "/" + System.mapLibraryName(library);
      if (NativeLibraries.class.getResource(path) != null) {
        return true;
      }
    }
    return false;
  }

  /** Name of this platform in JavaCPP classifiers, such as "linux-x86_64". */
  public static String platform() {
    String os = System.getProperty("os.name", "").toLowerCase(java.util.Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(java.util.Locale.ROOT);
    String osName = os.contains("mac") ? "macosx" : os.contains("windows") ? "windows" : "linux";
    String archName =
        switch (arch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm64";
          default -> arch;
        };
    return osName + "-" + archName;
  }
}
