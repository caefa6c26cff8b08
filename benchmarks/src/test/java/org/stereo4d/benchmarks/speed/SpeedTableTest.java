package org.stereo4d.benchmarks.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.stereo4d.run.Json;
import org.stereo4d.testing.ProjectFolder;

class SpeedTableTest {
  @TempDir Path folder;

  private static Map<String, Object> result(
      String benchmark, Map<String, String> parameters, double score, String unit) {
    return Map.of(
        "benchmark",
        benchmark,
        "jdkVersion",
        "17.0.1",
        "params",
        parameters,
        "primaryMetric",
        Map.of("score", score, "scoreUnit", unit));
  }

  private SpeedTable table(Object... results) throws IOException {
    Path json = folder.resolve("jmh.json");
    Files.writeString(json, Json.format(List.of(results)));
    return SpeedTable.read(json);
  }

  @Test
  void brief_twoFigures_givesBothAndTheirRatio() throws IOException {
    Kernel kernel = Kernel.ALL.get(0);
    String table =
        table(
                result(kernel.ours(), kernel.parameters(), 40, "ms/op"),
                result(kernel.ours(), Map.of("sides", "511:257", "threads", "1"), 1, "ms/op"),
                result(kernel.rival(), kernel.parameters(), 0.06, "s/op"))
            .brief();
    assertThat(table)
        .contains(
            "| " + kernel.name() + " | 1 | 40 ms | " + kernel.rivalName() + " | 60 ms | 1.5x |")
        .contains("Java 17.0.1")
        .contains("| " + Kernel.ALL.get(2).name() + " | 1 | – |");
  }

  @Test
  void full_figure_givesRatesOfTheMemoryAndOfTheArithmetic() throws IOException {
    Kernel kernel = Kernel.ALL.get(0);
    String line =
        table(result(kernel.ours(), kernel.parameters(), 40, "ms/op"))
            .full()
            .lines()
            .filter(l -> l.startsWith("| " + kernel.name()))
            .findFirst()
            .orElseThrow();
    // 21 bytes for each of 2048 x 2048 pixels in 40 ms
    assertThat(line).contains("| 1 | 88 | 105 | 40 ms | 2.2 | 2.6 |");
  }

  @Test
  void insertInto_documents_replacesOnlyTheTable() throws IOException {
    Path document = folder.resolve("a.md");
    Files.writeString(
        document,
        "before\n" + SpeedTable.start("brief") + "\nold\n" + SpeedTable.END + "\nafter\n");
    SpeedTable table = table();
    table.insertInto(document);
    table.insertInto(document);
    assertThat(Files.readString(document))
        .startsWith("before\n")
        .endsWith(SpeedTable.END + "\nafter\n")
        .contains(table.brief())
        .doesNotContain("old");
    Path other = Files.writeString(folder.resolve("b.md"), "nothing");
    assertThatThrownBy(() -> table.insertInto(other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("b.md");
  }

  @Test
  void read_otherFiles_saysWhatIsExpected() throws IOException {
    Path json = folder.resolve("x.json");
    for (String text : List.of("{}", "[{}]", "no json")) {
      Files.writeString(json, text);
      assertThatThrownBy(() -> SpeedTable.read(json))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("x.json: must be the JSON of a JMH run");
    }
  }

  @Test
  void kernels_nameBenchmarksAndParametersThatExist() throws Exception {
    for (Kernel kernel : Kernel.ALL) {
      String type = kernel.ours().substring(0, kernel.ours().lastIndexOf('.'));
      Class<?> benchmark = Class.forName(type);
      List<String> methods = new ArrayList<>();
      Arrays.stream(benchmark.getMethods())
          .filter(method -> method.isAnnotationPresent(Benchmark.class))
          .forEach(method -> methods.add(type + "." + method.getName()));
      assertThat(methods).contains(kernel.ours());
      if (!kernel.rival().isEmpty()) {
        assertThat(methods).contains(kernel.rival());
      }
      List<String> known = new ArrayList<>();
      for (Field field : benchmark.getFields()) {
        if (field.isAnnotationPresent(Param.class)) {
          known.add(field.getName());
          assertThat(field.getAnnotation(Param.class).value())
              .as("%s of %s", field.getName(), type)
              .contains(kernel.parameters().get(field.getName()));
        }
      }
      // JMH writes every parameter, and a row must name the run it means
      assertThat(kernel.parameters().keySet()).containsExactlyInAnyOrderElementsOf(known);
    }
  }

  /** Figures change with machines; rows change with the code alone. */
  @Test
  void documents_holdExactlyTheRowsOfTheCode() throws IOException {
    for (String name : List.of("README.md", "benchmarks/README.md")) {
      String text = Files.readString(ProjectFolder.root().resolve(name));
      String kind = name.equals("README.md") ? "brief" : "full";
      assertThat(text).as(name).contains(SpeedTable.start(kind));
      String table =
          text.substring(text.indexOf(SpeedTable.start(kind)), text.indexOf(SpeedTable.END));
      List<String> rows =
          table
              .lines()
              .filter(line -> line.startsWith("| ") && !line.startsWith("| ---"))
              .skip(1)
              .map(line -> line.split(" \\| ")[0].substring(2))
              .toList();
      assertThat(rows).as(name).isEqualTo(Kernel.ALL.stream().map(Kernel::name).toList());
    }
  }
}
