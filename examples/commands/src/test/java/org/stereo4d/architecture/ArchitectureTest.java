package org.stereo4d.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("org.stereo4d");

  private static final String[] ADAPTERS = {
    "org.stereo4d..ffmpeg..",
    "org.stereo4d..opencv..",
    "org.stereo4d..network..",
    "org.stereo4d..diffusion..",
    "org.stereo4d..nd4j.."
  };

  /** Roots of each module, and the modules it may use beside the base. */
  private static final Map<String, Set<String>> MODULES =
      Map.of(
          "org.stereo4d.tracking", Set.of(),
          "org.stereo4d.optim", Set.of("org.stereo4d.tracking"),
          "org.stereo4d.pipeline", Set.of("org.stereo4d.tracking", "org.stereo4d.optim"),
          "org.stereo4d.stereocrafter", Set.of(),
          "org.stereo4d.nvds", Set.of(),
          "org.stereo4d.videoloop", Set.of());

  @Test
  void engines_areImportedByAdaptersOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ADAPTERS)
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.bytedeco..", "ai.djl..", "org.nd4j..", "ai.onnxruntime.."))
        .check(CLASSES);
  }

  @Test
  void vectorApi_isMentionedInVectorPackagesOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.stereo4d..vector")
        .should()
        .dependOnClassesThat(resideInAnyPackage("jdk.incubator.vector.."))
        .check(CLASSES);
  }

  @Test
  void packages_haveNoCycles() {
    Map<String, Set<String>> used = PackageCycles.packagesUsed(CLASSES, "org.stereo4d");
    assertThat(used.get("org.stereo4d.pipeline")).contains("org.stereo4d.run");
    assertThat(PackageCycles.find(used)).as("a ring of packages").isEmpty();
  }

  @Test
  void modules_useOnlyWhatTheyMay() {
    Set<String> roots = MODULES.keySet();
    for (JavaClass type : CLASSES) {
      String from = root(type, roots);
      for (String to :
          type.getDirectDependenciesFromSelf().stream()
              .map(dependency -> root(dependency.getTargetClass(), roots))
              .collect(Collectors.toSet())) {
        boolean allowed =
            to.isEmpty()
                || to.equals(from)
                || type.getPackageName().startsWith("org.stereo4d.examples")
                || (!from.isEmpty() && MODULES.get(from).contains(to));
        assertThat(allowed).as("%s uses %s", type.getName(), to).isTrue();
      }
    }
  }

  private static String root(JavaClass type, Set<String> roots) {
    String name = type.getPackageName();
    return roots.stream()
        .filter(root -> name.equals(root) || name.startsWith(root + "."))
        .findFirst()
        .orElse("");
  }

  @Test
  void names_sayWhatAClassIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Utils?|Helpers?|Managers?|Common|Impl|Base|Misc)")
        .check(CLASSES);
  }

  @Test
  void library_neverPrintsOrExits() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.stereo4d.examples..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(CLASSES);
  }

  @Test
  void optionRecords_haveDefaults() {
    classes()
        .that()
        .haveSimpleNameEndingWith("Options")
        .and()
        .areRecords()
        .and()
        .arePublic()
        .should(
            com.tngtech.archunit.lang.conditions.ArchConditions.<JavaClass>be(
                com.tngtech.archunit.base.DescribedPredicate.describe(
                    "records with a constant DEFAULTS",
                    type ->
                        type.getFields().stream().anyMatch(f -> f.getName().equals("DEFAULTS")))))
        .check(CLASSES);
  }

  @Test
  void physicalNumbers_carryTheirUnit() {
    List<String> bad = new ArrayList<>();
    for (JavaClass type : CLASSES) {
      boolean isPublicRecord = type.isRecord() && type.getModifiers().contains(JavaModifier.PUBLIC);
      if (!isPublicRecord || type.getSimpleName().matches(".*(Weights|Scores)")) {
        continue; // weights and scores are pure numbers
      }
      for (JavaField field : type.getFields()) {
        boolean number =
            field.getRawType().getName().equals("double")
                || field.getRawType().getName().equals("float");
        boolean component = !field.getModifiers().contains(JavaModifier.STATIC);
        if (number && component && isPhysical(field.getName()) && !hasUnit(field.getName())) {
          bad.add(type.getSimpleName() + "." + field.getName());
        }
      }
    }
    assertThat(bad).as("components without a unit").isEmpty();
  }

  private static boolean isPhysical(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return List.of(
            "depth",
            "baseline",
            "focal",
            "time",
            "angle",
            "yaw",
            "pitch",
            "tilt",
            "duration",
            "disparity",
            "distance",
            "radius")
        .stream()
        .anyMatch(lower::contains);
  }

  private static boolean hasUnit(String name) {
    return List.of(
            "Px",
            "Meters",
            "Radians",
            "Degrees",
            "Seconds",
            "Hz",
            "PerSecond",
            "Scale",
            "Ratio",
            "Weight",
            "Share",
            "Percent",
            "Micros",
            "Percentile",
            "Fraction",
            "Levels",
            "Threshold",
            "Factor",
            "Gamma",
            "Frames",
            "Sigma",
            "Exponent",
            "Gain",
            "histogram", // distances of histograms are pure numbers
            "Noise")
        .stream()
        .anyMatch(name::contains);
  }
}
