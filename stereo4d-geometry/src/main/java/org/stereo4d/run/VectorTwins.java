package org.stereo4d.run;

import java.util.Optional;

/**
 * Finds faster twins of plain kernels that use the incubating vector module.
 *
 * <p>A twin is used when the JVM was started with {@code --add-modules jdk.incubator.vector} and
 * has its optimising compiler; without both, plain Java is faster. Nothing else in a program
 * changes.
 */
public final class VectorTwins {
  private static final System.Logger LOG = System.getLogger(VectorTwins.class.getName());
  private static final boolean USABLE = decide();

  private VectorTwins() {}

  private static boolean decide() {
    boolean module = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    String mode = System.getProperty("java.vm.info", "");
    boolean optimises = mode.contains("mixed mode") && !mode.contains("emulated-client");
    if (!module) {
      LOG.log(System.Logger.Level.DEBUG, "vector kernels are off: jdk.incubator.vector is absent");
    } else if (!optimises) {
      LOG.log(System.Logger.Level.DEBUG, "vector kernels are off: no optimising compiler");
    }
    return module && optimises;
  }

  /** Whether vector kernels can be used. */
  public static boolean areUsable() {
    return USABLE;
  }

  /**
   * A new instance of a twin, or empty when vector kernels cannot be used or the twin's constructor
   * refuses this processor.
   *
   * @param contract what the twin implements
   * @param className of a class with a constructor without arguments
   */
  public static <T> Optional<T> load(Class<T> contract, String className) {
    if (!USABLE) {
      return Optional.empty();
    }
    try {
      Object twin = Class.forName(className).getConstructor().newInstance();
      return Optional.of(contract.cast(twin));
    } catch (ReflectiveOperationException | LinkageError e) {
      LOG.log(System.Logger.Level.DEBUG, "vector kernel " + className + " cannot be used", e);
      return Optional.empty();
    }
  }
}
