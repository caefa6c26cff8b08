package org.stereo4d.network;

import org.stereo4d.run.Check;

/** Where a network runs. */
public final class Device {
  private static final Device AUTO = new Device("auto", -1);
  private static final Device CPU = new Device("cpu", -1);

  private final String name;
  private final int gpuIndex;

  private Device(String name, int gpuIndex) {
    this.name = name;
    this.gpuIndex = gpuIndex;
  }

  /** The first GPU when the engine sees one, else the CPU; decided when a network is loaded. */
  public static Device auto() {
    return AUTO;
  }

  /** The processor. */
  public static Device cpu() {
    return CPU;
  }

  /** A graphics card, from 0; loading a network fails when the engine does not see it. */
  public static Device gpu(int index) {
    Check.that(index >= 0, "index must be >= 0, was %s", index);
    return new Device("gpu" + index, index);
  }

  /**
   * The device of a text: "auto", "cpu", "gpu" (the first) or "gpu1".
   *
   * @throws IllegalArgumentException for any other text
   */
  public static Device of(String text) {
    return switch (text) {
      case "auto" -> AUTO;
      case "cpu" -> CPU;
      case "gpu" -> gpu(0);
      default -> {
        Check.that(
            text.matches("gpu\\d{1,3}"), "device must be auto, cpu, gpu or gpuN, was '%s'", text);
        yield gpu(Integer.parseInt(text.substring(3)));
      }
    };
  }

  /** The device of the engine. */
  ai.djl.Device resolve() {
    if (this == CPU) {
      return ai.djl.Device.cpu();
    }
    int count = TorchEngine.engine().getGpuCount();
    if (this == AUTO) {
      return count > 0 ? ai.djl.Device.gpu(0) : ai.djl.Device.cpu();
    }
    if (gpuIndex >= count) {
      throw TorchEngine.noGpu(gpuIndex, count);
    }
    return ai.djl.Device.gpu(gpuIndex);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Device that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** The text that {@link #of} reads. */
  @Override
  public String toString() {
    return name;
  }
}
