package org.stereo4d.network;

import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.stereo4d.run.Check;

/**
 * Name, kind and shape of an input or output of a network.
 *
 * @param name as in the documentation of the role; also the key when outputs come as a dictionary
 * @param integers whether elements are whole numbers, else real
 * @param axes one entry per axis: a size such as "3", or a name such as "h" that stands for one
 *     size everywhere in a contract; "?" for any
 */
public record TensorSpec(String name, boolean integers, List<String> axes) {
  /** Checks the axes. */
  public TensorSpec {
    axes = List.copyOf(axes);
    for (String axis : axes) {
      Check.that(
          axis.matches("\\d+|[a-zA-Z]\\w*|\\?"),
          "axis must be a size, a name or ?, was '%s'",
          axis);
    }
  }

  /**
   * A tensor of real numbers.
   *
   * @param axes separated by blanks, such as "1 3 h w"; empty for a single number
   */
  public static TensorSpec real(String name, String axes) {
    return new TensorSpec(name, false, split(axes));
  }

  /**
   * A tensor of whole numbers.
   *
   * @param axes separated by blanks, such as "t n"; empty for a single number
   */
  public static TensorSpec integer(String name, String axes) {
    return new TensorSpec(name, true, split(axes));
  }

  private static List<String> split(String axes) {
    return axes.isBlank() ? List.of() : List.of(axes.trim().split(" +", -1));
  }

  boolean accepts(DataType type) {
    return integers
        ? type == DataType.INT64
            || type == DataType.INT32
            || type == DataType.UINT8
            || type == DataType.INT8
            || type == DataType.BOOLEAN
        : type == DataType.FLOAT32 || type == DataType.FLOAT16 || type == DataType.FLOAT64;
  }

  @Override
  public String toString() {
    return name + (integers ? " integers (" : " real (") + String.join(", ", axes) + ")";
  }
}
