package org.stereo4d.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.stereo4d.backend.Availability;
import org.stereo4d.backend.BackendException;

/** Starting the engine, also in processes that lack its parts or set its properties. */
class TorchEngineTest {
  /** Run in a process of its own: prints what happens. */
  public static void main(String[] arguments) {
    try {
      TorchEngine.newScope(Device.cpu()).close();
      System.out.println("started offline=" + System.getProperty("ai.djl.offline"));
    } catch (BackendException e) {
      System.out.println("BackendException " + e.getMessage());
    }
  }

  private static String start(Predicate<String> keepJar, String... properties) throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(keepJar)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(properties));
    command.addAll(List.of("-cp", classPath, TorchEngineTest.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  @Test
  void availability_here_isReadyWithTheVersion() {
    assertThat(TorchEngine.availability())
        .isInstanceOfSatisfying(
            Availability.Ready.class, ready -> assertThat(ready.version()).startsWith("2."));
  }

  @Test
  void newScope_setsOfflineUnlessSet() throws Exception {
    assertThat(start(jar -> true)).contains("started offline=true");
    assertThat(start(jar -> true, "-Dai.djl.offline=TRUE")).contains("started offline=TRUE");
  }

  @Test
  void newScope_withoutNatives_namesTheCoordinates() throws Exception {
    assertThat(start(jar -> !jar.contains("pytorch-native")))
        .contains("BackendException")
        .containsPattern("ai\\.djl\\.pytorch:pytorch-native-cpu:\\d[\\d.]*:\\w+-\\w+");
    assertThat(start(jar -> !jar.contains("pytorch-jni")))
        .contains("BackendException")
        .containsPattern("ai\\.djl\\.pytorch:pytorch-jni:\\d[\\d.]*-\\d[\\d.]*");
  }
}
