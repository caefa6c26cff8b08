package org.stereo4d.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds packages that use each other in a ring, by walking along what they use. */
final class PackageCycles {
  private final Map<String, Set<String>> used;
  private final Set<String> done = new HashSet<>();
  private final List<String> path = new ArrayList<>();

  private PackageCycles(Map<String, Set<String>> used) {
    this.used = used;
  }

  /** For each package below a root, the others below it that its classes use. */
  static Map<String, Set<String>> packagesUsed(JavaClasses classes, String root) {
    Map<String, Set<String>> out = new TreeMap<>();
    for (JavaClass type : classes) {
      Set<String> uses = out.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String other = dependency.getTargetClass().getPackageName();
        if (other.startsWith(root + ".") && !other.equals(type.getPackageName())) {
          uses.add(other);
        }
      }
    }
    return out;
  }

  /** A ring, from a package over those it uses back to itself; empty when there is none. */
  static List<String> find(Map<String, Set<String>> used) {
    PackageCycles search = new PackageCycles(used);
    for (String name : used.keySet()) {
      List<String> ring = search.visit(name);
      if (!ring.isEmpty()) {
        return ring;
      }
    }
    return List.of();
  }

  private List<String> visit(String name) {
    int before = path.indexOf(name);
    if (before >= 0) {
      List<String> ring = new ArrayList<>(path.subList(before, path.size()));
      ring.add(name);
      return ring;
    }
    if (done.contains(name)) {
      return List.of();
    }
    path.add(name);
    for (String other : used.getOrDefault(name, Set.of())) {
      List<String> ring = visit(other);
      if (!ring.isEmpty()) {
        return ring;
      }
    }
    path.remove(path.size() - 1);
    done.add(name);
    return List.of();
  }
}
