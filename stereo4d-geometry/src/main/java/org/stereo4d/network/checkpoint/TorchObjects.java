package org.stereo4d.network.checkpoint;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.stereo4d.network.checkpoint.Pickled.Global;
import org.stereo4d.network.checkpoint.Pickled.Mapping;
import org.stereo4d.network.checkpoint.Pickled.Placeholder;
import org.stereo4d.network.checkpoint.Pickled.Sequence;
import org.stereo4d.network.checkpoint.Pickled.Storage;
import org.stereo4d.network.checkpoint.Pickled.Tensor;

/** What names in PyTorch's pickles stand for; every name not known here is a placeholder. */
final class TorchObjects {
  private TorchObjects() {}

  /** Whether a class holds named values and nothing else. */
  private static boolean isRecord(Global name) {
    return switch (name.module()) {
      case "collections" -> name.name().equals("OrderedDict") || name.name().equals("defaultdict");
      case "argparse" -> name.name().equals("Namespace");
      case "types" -> name.name().equals("SimpleNamespace");
      default -> false;
    };
  }

  /**
   * The storage of a persistent id {@code ("storage", class, key, device, count)}; older files add
   * a view {@code (key, offset, count)} or None.
   */
  static Object storage(Object id, PickleInput in) throws IOException {
    List<Object> fields = id instanceof Sequence sequence ? sequence.items : List.of();
    if (fields.size() < 5
        || !"storage".equals(fields.get(0))
        || !(fields.get(1) instanceof Global type)
        || !(fields.get(2) instanceof String key)) {
      throw in.error("has an outside reference that is no storage");
    }
    OptionalLong count = Pickled.integer(fields.get(4));
    if (count.isEmpty() || count.getAsLong() < 0) {
      throw in.error("storage " + key + " has no count of elements");
    }
    Optional<TensorType> elements = TensorType.ofStorage(type.name());
    if (elements.isEmpty() && !type.name().equals("UntypedStorage")) {
      return new Placeholder(type);
    }
    return new Storage(elements, key, count.getAsLong(), viewOffset(fields));
  }

  private static long viewOffset(List<Object> fields) {
    if (fields.size() > 5 && fields.get(5) instanceof Sequence view && view.items.size() == 3) {
      return Pickled.integer(view.items.get(1)).orElse(-1);
    }
    return 0;
  }

  /** The result of calling a class or function, without calling anything. */
  static Object call(Object function, Object arguments, PickleInput in) throws IOException {
    if (!(function instanceof Global name)) {
      return new Placeholder(function);
    }
    if (!(arguments instanceof Sequence sequence)) {
      throw in.error("calls " + name + " with " + Pickled.describe(arguments));
    }
    List<Object> values = sequence.items;
    if (isRecord(name)) {
      return record(values);
    }
    if (name.is("torch", "Size") && values.size() == 1) {
      return values.get(0);
    }
    if (name.is("torch._tensor", "_rebuild_from_type_v2")
        && values.size() == 4
        && values.get(0) instanceof Global inner
        && inner.module().equals("torch._utils")) {
      return call(inner, values.get(2), in);
    }
    if (name.module().equals("torch._utils")) {
      return switch (name.name()) {
        case "_rebuild_tensor", "_rebuild_tensor_v2", "_rebuild_tensor_v3" -> tensor(name, values);
        case "_rebuild_parameter", "_rebuild_parameter_with_state" ->
            values.isEmpty() ? new Placeholder(name) : values.get(0);
        default -> new Placeholder(name);
      };
    }
    return new Placeholder(name);
  }

  /** A record made from nothing, or from a list of key and value pairs. */
  private static Mapping record(List<Object> arguments) {
    Mapping out = new Mapping();
    if (arguments.size() == 1 && arguments.get(0) instanceof Sequence pairs) {
      for (Object pair : pairs.items) {
        if (pair instanceof Sequence two && two.items.size() == 2) {
          out.put(two.items.get(0), two.items.get(1));
        }
      }
    }
    return out;
  }

  /** {@code (storage, offset, sizes, strides, requires_grad, hooks[, dtype])}. */
  private static Object tensor(Global name, List<Object> values) {
    if (values.size() < 4) {
      return new Placeholder(name);
    }
    Optional<TensorType> stated =
        values.size() > 6 && values.get(6) instanceof Global dtype
            ? TensorType.ofTorch(dtype.name())
            : Optional.empty();
    OptionalLong offset = Pickled.integer(values.get(1));
    Optional<long[]> sizes = integers(values.get(2));
    Optional<long[]> strides = integers(values.get(3));
    if (!(values.get(0) instanceof Storage storage)) {
      return values.get(0) instanceof Placeholder unread ? unread : new Placeholder(name);
    }
    Optional<TensorType> type = stated.or(() -> storage.type);
    if (type.isEmpty() || offset.isEmpty() || sizes.isEmpty() || strides.isEmpty()) {
      return new Placeholder(name);
    }
    return new Tensor(storage, type.get(), offset.getAsLong(), sizes.get(), strides.get());
  }

  private static Optional<long[]> integers(Object value) {
    if (!(value instanceof Sequence sequence)) {
      return Optional.empty();
    }
    long[] out = new long[sequence.items.size()];
    for (int i = 0; i < out.length; i++) {
      OptionalLong number = Pickled.integer(sequence.items.get(i));
      if (number.isEmpty()) {
        return Optional.empty();
      }
      out[i] = number.getAsLong();
    }
    return Optional.of(out);
  }

  /** Gives an object its state: the fields of a record; what others get is dropped. */
  static void build(Object target, Object state) {
    if (target instanceof Mapping mapping && state instanceof Mapping fields && mapping != fields) {
      for (int i = 0; i < fields.keys.size(); i++) {
        if (!"_metadata".equals(fields.keys.get(i))) { // versions of modules, beside the tensors
          mapping.put(fields.keys.get(i), fields.values.get(i));
        }
      }
    }
  }
}
