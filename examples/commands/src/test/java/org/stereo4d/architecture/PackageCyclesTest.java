package org.stereo4d.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PackageCyclesTest {
  @Test
  void find_twoWaysToOnePackage_isNoRing() {
    Map<String, Set<String>> used =
        Map.of("a", Set.of("b", "c"), "b", Set.of("d"), "c", Set.of("d"));
    assertThat(PackageCycles.find(used)).isEmpty();
  }

  @Test
  void find_ringBehindAnEntrance_isNamedWithoutIt() {
    Map<String, Set<String>> used =
        new TreeMap<>(
            Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of("d"), "d", Set.of("b")));
    assertThat(PackageCycles.find(used)).containsExactly("b", "c", "d", "b");
  }
}
