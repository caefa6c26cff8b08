package org.stereo4d.network.checkpoint;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.stereo4d.network.checkpoint.Pickled.Global;
import org.stereo4d.network.checkpoint.Pickled.Mapping;
import org.stereo4d.network.checkpoint.Pickled.Placeholder;
import org.stereo4d.network.checkpoint.Pickled.Sequence;

/**
 * Reads one pickle of protocol 2 to 5 into plain values. Names of classes are looked up nowhere;
 * what a call or an object means is asked of {@link TorchObjects}, which knows tensors and records.
 */
final class PickleMachine {
  /** Values a pickle may make; a published file needs about fifty per tensor. */
  static final int MAX_VALUES = 2_000_000;

  private final PickleInput in;
  private final List<Object> stack = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private final Map<Long, Object> memo = new HashMap<>();
  private int values;

  private PickleMachine(PickleInput in) {
    this.in = in;
  }

  /** Reads up to and including STOP. */
  static Object read(PickleInput in) throws IOException {
    return new PickleMachine(in).run();
  }

  private Object run() throws IOException {
    for (int op = in.unsignedByte(); op != '.'; op = in.unsignedByte()) {
      if (!scalar(op) && !container(op) && !object(op)) {
        stackOperation(op);
      }
    }
    return pop();
  }

  private void push(Object value) throws IOException {
    if (++values > MAX_VALUES) {
      throw in.error("makes more than " + MAX_VALUES + " values");
    }
    stack.add(value);
  }

  private Object pop() throws IOException {
    int floor = marks.isEmpty() ? 0 : marks.peek();
    if (stack.size() <= floor) {
      throw in.error("takes a value from an empty stack");
    }
    return stack.remove(stack.size() - 1);
  }

  private Object peek() throws IOException {
    Object top = pop();
    stack.add(top);
    return top;
  }

  private List<Object> popToMark() throws IOException {
    if (marks.isEmpty()) {
      throw in.error("has no mark");
    }
    List<Object> above = stack.subList(marks.pop(), stack.size());
    List<Object> out = new ArrayList<>(above);
    above.clear();
    return out;
  }

  /** Numbers and text. */
  private boolean scalar(int op) throws IOException {
    switch (op) {
      case 'N' -> push(Pickled.NONE);
      case 0x88 -> push(Boolean.TRUE);
      case 0x89 -> push(Boolean.FALSE);
      case 'J' -> push((long) (int) in.unsigned(4));
      case 'K' -> push((long) in.unsignedByte());
      case 'M' -> push(in.unsigned(2));
      case 0x8a -> push(integer(in.bytes(in.unsignedByte())));
      case 0x8b -> push(integer(in.bytes(in.unsigned(4))));
      case 'G' -> push(Double.longBitsToDouble(new BigInteger(in.bytes(8)).longValue()));
      case 'X' -> push(in.text(in.unsigned(4)));
      case 0x8c -> push(in.text(in.unsignedByte()));
      case 0x8d -> push(in.text(in.unsigned(8)));
      case 'T' -> push(in.text(in.unsigned(4)));
      case 'U' -> push(in.text(in.unsignedByte()));
      case 'B' -> push(in.bytes(in.unsigned(4)));
      case 'C' -> push(in.bytes(in.unsignedByte()));
      case 0x8e, 0x96 -> push(in.bytes(in.unsigned(8)));
      default -> {
        return false;
      }
    }
    return true;
  }

  /** A two's complement little-endian integer. */
  private static Object integer(byte[] littleEndian) {
    if (littleEndian.length == 0) {
      return 0L;
    }
    byte[] bytes = new byte[littleEndian.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = littleEndian[bytes.length - 1 - i];
    }
    BigInteger value = new BigInteger(bytes);
    return value.bitLength() < 64 ? (Object) value.longValue() : value;
  }

  /** Lists, tuples, sets and dictionaries. */
  private boolean container(int op) throws IOException {
    switch (op) {
      case ']', 0x8f -> push(new Sequence(new ArrayList<>()));
      case ')' -> push(new Sequence(List.of()));
      case '}' -> push(new Mapping());
      case 't', 'l', 0x91 -> push(new Sequence(popToMark()));
      case 'd' -> {
        Mapping mapping = new Mapping();
        putAll(mapping, popToMark());
        push(mapping);
      }
      case 0x85 -> push(tuple(1));
      case 0x86 -> push(tuple(2));
      case 0x87 -> push(tuple(3));
      case 'a' -> {
        Object item = pop();
        extend(peek(), List.of(item));
      }
      case 'e', 0x90 -> {
        List<Object> items = popToMark();
        extend(peek(), items);
      }
      case 's' -> {
        Object value = pop();
        Object key = pop();
        putAll(peek(), List.of(key, value));
      }
      case 'u' -> {
        List<Object> items = popToMark();
        putAll(peek(), items);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private Sequence tuple(int length) throws IOException {
    Object[] items = new Object[length];
    for (int i = length - 1; i >= 0; i--) {
      items[i] = pop();
    }
    return new Sequence(List.of(items));
  }

  private void extend(Object target, List<Object> items) throws IOException {
    if (target instanceof Sequence sequence && sequence.items instanceof ArrayList) {
      sequence.items.addAll(items);
    } else if (!(target instanceof Placeholder)) {
      throw in.error("appends to " + Pickled.describe(target) + ", expected a list");
    }
  }

  private void putAll(Object target, List<Object> items) throws IOException {
    if (items.size() % 2 != 0) {
      throw in.error("sets items from an odd number of values");
    }
    if (target instanceof Mapping mapping) {
      for (int i = 0; i < items.size(); i += 2) {
        mapping.put(items.get(i), items.get(i + 1));
      }
    } else if (!(target instanceof Placeholder)) {
      throw in.error("sets items of " + Pickled.describe(target) + ", expected a dictionary");
    }
  }

  /** Names, calls and objects. */
  private boolean object(int op) throws IOException {
    switch (op) {
      case 'c' -> {
        String module = in.line();
        push(new Global(module, in.line()));
      }
      case 0x93 -> {
        Object name = pop();
        Object module = pop();
        push(new Global(name(module), name(name)));
      }
      case 'Q' -> push(TorchObjects.storage(pop(), in));
      case 'R', 0x81 -> {
        Object arguments = pop();
        push(TorchObjects.call(pop(), arguments, in));
      }
      case 0x92 -> {
        pop(); // keyword arguments: no class that takes them is read
        Object arguments = pop();
        push(TorchObjects.call(pop(), arguments, in));
      }
      case 'b' -> {
        Object state = pop();
        TorchObjects.build(peek(), state);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private String name(Object value) throws IOException {
    if (value instanceof String text && text.length() <= PickleInput.MAX_LINE) {
      return text;
    }
    throw in.error("names a class by " + Pickled.describe(value) + ", expected a short text");
  }

  /** Marks and the memo; refuses what is left. */
  private void stackOperation(int op) throws IOException {
    switch (op) {
      case '(' -> {
        if (marks.size() > MAX_VALUES) {
          throw in.error("nests too many marks");
        }
        marks.push(stack.size());
      }
      case '0' -> {
        if (!marks.isEmpty() && marks.peek() == stack.size()) {
          marks.pop();
        } else {
          pop();
        }
      }
      case '1' -> popToMark();
      case '2' -> push(peek());
      case 0x80 -> {
        int protocol = in.unsignedByte();
        if (protocol < 2 || protocol > 5) {
          throw in.error("has protocol " + protocol + ", expected 2 to 5");
        }
      }
      case 0x95 -> in.unsigned(8); // length of a frame, needed only to prefetch
      case 'q' -> remember(in.unsignedByte());
      case 'r' -> remember(in.unsigned(4));
      case 0x94 -> remember(memo.size());
      case 'h' -> push(recall(in.unsignedByte()));
      case 'j' -> push(recall(in.unsigned(4)));
      default ->
          throw in.error(
              "has opcode 0x" + Integer.toHexString(op) + ", which no tensor file needs");
    }
  }

  private void remember(long index) throws IOException {
    memo.put(index, peek());
    if (memo.size() > MAX_VALUES) {
      throw in.error("remembers more than " + MAX_VALUES + " values");
    }
  }

  private Object recall(long index) throws IOException {
    Object value = memo.get(index);
    if (value == null) {
      throw in.error("recalls number " + index + ", which was never remembered");
    }
    return value;
  }
}
