package org.stereo4d.network.checkpoint;

import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.stereo4d.network.checkpoint.Pickled.Mapping;
import org.stereo4d.network.checkpoint.Pickled.Placeholder;
import org.stereo4d.network.checkpoint.Pickled.Sequence;
import org.stereo4d.network.checkpoint.Pickled.Tensor;

/** The tensors of nested containers under joined names, and the placeholders that hide others. */
final class TensorTree {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_NAME_CHARACTERS = 16 << 20; // of all names together
  private static final int MAX_KEY = 1 << 16;

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> refused = new LinkedHashMap<>();
  private final Set<Object> path = Collections.newSetFromMap(new IdentityHashMap<>());
  private int visited;
  private int nameCharacters;

  private TensorTree() {}

  /**
   * Walks a value.
   *
   * @param what the file, the beginning of messages
   * @throws IOException if containers are shared so often that the walk does not end
   */
  static TensorTree of(Object root, String what) throws IOException {
    TensorTree tree = new TensorTree();
    tree.visit("", root, what);
    return tree;
  }

  /** Tensors by name, in the order of the file. */
  Map<String, Tensor> tensors() {
    return tensors;
  }

  /** Names that hold something else than a tensor or container, with what it is. */
  Map<String, String> refused() {
    return refused;
  }

  private void visit(String name, Object value, String what) throws IOException {
    nameCharacters += name.length();
    if (++visited > PickleMachine.MAX_VALUES || nameCharacters > MAX_NAME_CHARACTERS) {
      throw new IOException(what + ": its containers hold more names than any network has");
    }
    if (value instanceof Tensor tensor) {
      Tensor other = refused.containsKey(name) ? tensor : tensors.putIfAbsent(name, tensor);
      if (other != null && other != tensor) {
        refuse(name, "there twice");
      }
    } else if (value instanceof Placeholder) {
      refuse(name, Pickled.describe(value));
    } else if (value instanceof Mapping || value instanceof Sequence) {
      if (path.size() == MAX_DEPTH) {
        refuse(name, "a container nested deeper than " + MAX_DEPTH);
      } else if (!path.add(value)) {
        refuse(name, "a container inside itself");
      } else {
        visitItems(name, value, what);
        path.remove(value);
      }
    }
  }

  private void refuse(String name, String reason) {
    tensors.remove(name);
    refused.put(name, reason);
  }

  private void visitItems(String name, Object container, String what) throws IOException {
    String prefix = name.isEmpty() ? "" : name + ".";
    if (container instanceof Mapping mapping) {
      for (int i = 0; i < mapping.keys.size(); i++) {
        Object key = mapping.keys.get(i);
        if ((key instanceof String text && text.length() <= MAX_KEY) || key instanceof Long) {
          visit(prefix + key, mapping.values.get(i), what);
        }
      }
    } else if (container instanceof Sequence sequence) {
      for (int i = 0; i < sequence.items.size(); i++) {
        visit(prefix + i, sequence.items.get(i), what);
      }
    }
  }
}
