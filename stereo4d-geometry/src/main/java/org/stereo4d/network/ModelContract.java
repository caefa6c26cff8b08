package org.stereo4d.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stereo4d.backend.BackendException;
import org.stereo4d.run.Check;

/**
 * What a network of some role takes and gives, in order.
 *
 * @param role such as "depth from one picture"
 * @param inputs at least one
 * @param outputs at least one; a network may give more after them
 */
public record ModelContract(String role, List<TensorSpec> inputs, List<TensorSpec> outputs) {
  /** Copies the lists. */
  public ModelContract {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    Check.that(!inputs.isEmpty() && !outputs.isEmpty(), "%s needs inputs and outputs", role);
  }

  /** Checks inputs; the sizes of named axes are returned. */
  Map<String, Long> bindInputs(NDList arrays) {
    Check.that(
        arrays.size() == inputs.size(),
        "%s takes %s inputs, got %s",
        role,
        inputs.size(),
        arrays.size());
    Map<String, Long> sizes = new HashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      TensorSpec spec = inputs.get(i);
      NDArray array = arrays.get(i);
      Check.that(
          spec.accepts(array.getDataType()) && fits(spec, array.getShape(), sizes),
          "input of %s must be %s, was %s %s",
          role,
          spec,
          array.getDataType(),
          array.getShape());
    }
    return sizes;
  }

  /**
   * The outputs in the order of the contract: by name when the network names them, else by
   * position.
   *
   * @param file which network, for messages
   */
  NDList bindOutputs(NDList arrays, Map<String, Long> inputSizes, String file) {
    Map<String, Long> sizes = new HashMap<>(inputSizes);
    List<String> wrong = new ArrayList<>();
    NDList out = new NDList();
    for (int i = 0; i < outputs.size(); i++) {
      TensorSpec spec = outputs.get(i);
      Optional<NDArray> array = find(arrays, spec.name(), i);
      if (array.isEmpty()) {
        wrong.add(spec + " is missing");
      } else if (!spec.accepts(array.get().getDataType())
          || !fits(spec, array.get().getShape(), sizes)) {
        wrong.add(spec + " came as " + describe(array.get()));
      } else {
        out.add(array.get());
      }
    }
    if (!wrong.isEmpty()) {
      throw new BackendException(
          file
              + " is not a network for '"
              + role
              + "': "
              + String.join("; ", wrong)
              + "; inputs "
              + inputs
              + " gave the outputs "
              + arrays.stream().map(ModelContract::describe).toList());
    }
    return out;
  }

  private static Optional<NDArray> find(NDList arrays, String name, int position) {
    boolean named = false;
    for (NDArray array : arrays) {
      if (name.equals(array.getName())) {
        return Optional.of(array);
      }
      named |= array.getName() != null;
    }
    return named || position >= arrays.size()
        ? Optional.empty()
        : Optional.of(arrays.get(position));
  }

  private static String describe(NDArray array) {
    String name = array.getName();
    return (name == null ? "" : name + " ") + array.getDataType() + " " + array.getShape();
  }

  private static boolean fits(TensorSpec spec, Shape shape, Map<String, Long> sizes) {
    boolean fits = shape.dimension() == spec.axes().size();
    for (int i = 0; i < spec.axes().size() && fits; i++) {
      String axis = spec.axes().get(i);
      if (Character.isDigit(axis.charAt(0))) {
        fits = shape.get(i) == Long.parseLong(axis);
      } else if (!axis.equals("?")) {
        Long bound = sizes.putIfAbsent(axis, shape.get(i));
        fits = bound == null || bound == shape.get(i);
      }
    }
    return fits;
  }
}
