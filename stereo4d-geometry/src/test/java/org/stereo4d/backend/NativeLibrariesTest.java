package org.stereo4d.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.stereo4d.backend.NativeLibraries.Preset;

class NativeLibrariesTest {
  private static final String PLATFORM = "org.bytedeco.javacpp.platform";
  private static final String PHYSICAL_BYTES = "org.bytedeco.javacpp.maxphysicalbytes";

  private static void withProperty(String name, String value, Runnable body) {
    String before = System.getProperty(name);
    System.setProperty(name, value);
    try {
      body.run();
    } finally {
      if (before == null) {
        System.clearProperty(name);
      } else {
        System.setProperty(name, before);
      }
    }
  }

  @Test
  void availability_otherPlatform_namesTheCoordinates() {
    withProperty(
        PLATFORM,
        "android-arm64",
        () -> {
          Availability answer = NativeLibraries.availability(Preset.OPENCV, Preset.JAVACPP);
          assertThat(answer).isInstanceOf(Availability.Missing.class);
          assertThat(((Availability.Missing) answer).reason())
              .containsPattern("org\\.bytedeco:opencv:\\d\\S*:android-arm64")
              .containsPattern("org\\.bytedeco:javacpp:\\d\\S*:android-arm64");
        });
  }

  @Test
  void prepareJavaCpp_keepsTheChoiceOfTheApplication() {
    withProperty(
        PHYSICAL_BYTES,
        "123",
        () -> {
          NativeLibraries.prepareJavaCpp();
          assertThat(System.getProperty(PHYSICAL_BYTES)).isEqualTo("123");
        });
  }
}
