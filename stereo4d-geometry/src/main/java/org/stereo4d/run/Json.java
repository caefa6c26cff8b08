package org.stereo4d.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * JSON as plain Java values: {@code Map<String, Object>} (in order), {@code List<Object>}, {@code
 * String}, {@code Double}, {@code Boolean}, and {@link #NULL}.
 */
public final class Json {
  /** The JSON value null. */
  public static final Object NULL =
      new Object() {
        @Override
        public String toString() {
          return "null";
        }
      };

  private Json() {}

  /**
   * Reads one document.
   *
   * @throws IllegalArgumentException naming the position when the text is not JSON or is nested
   *     deeper than the limit
   */
  public static Object parse(String text, Limits limits) {
    return new JsonParser(text, limits.maxJsonDepth()).document();
  }

  /**
   * Writes a document with two spaces of indent. Numbers that are not finite become null, since
   * JSON has no such numbers.
   *
   * @param value maps with string keys, iterables, strings, numbers, booleans, {@link #NULL}; other
   *     objects are written as their text
   */
  public static String format(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, "", out);
    return out.append('\n').toString();
  }

  private static void write(Object value, String indent, StringBuilder out) {
    if (value instanceof Map<?, ?> map) {
      writeMap(map, indent, out);
    } else if (value instanceof Iterable<?> items && !(value instanceof Path)) {
      // a path is a list of paths without end
      writeList(items, indent, out);
    } else if (value instanceof Number number) {
      writeNumber(number, out);
    } else if (value instanceof Boolean || value == NULL) {
      out.append(value);
    } else {
      writeString(value.toString(), out);
    }
  }

  private static void writeMap(Map<?, ?> map, String indent, StringBuilder out) {
    String separator = "{\n";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator).append(indent).append("  ");
      writeString(entry.getKey().toString(), out);
      out.append(": ");
      write(entry.getValue(), indent + "  ", out);
      separator = ",\n";
    }
    out.append(map.isEmpty() ? "{}" : "\n" + indent + "}");
  }

  private static void writeList(Iterable<?> items, String indent, StringBuilder out) {
    boolean flat = true;
    for (Object item : items) {
      flat &= item instanceof Number;
    }
    String gap = flat ? "" : "\n" + indent + "  ";
    String separator = "[" + gap;
    boolean empty = true;
    for (Object item : items) {
      out.append(separator);
      write(item, indent + "  ", out);
      separator = flat ? ", " : "," + gap;
      empty = false;
    }
    out.append(empty ? "[]" : flat ? "]" : "\n" + indent + "]");
  }

  private static void writeNumber(Number number, StringBuilder out) {
    double value = number.doubleValue();
    if (!Double.isFinite(value)) {
      out.append("null");
    } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      out.append((long) value);
    } else {
      out.append(number);
    }
  }

  private static void writeString(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x2028 || c == 0x2029 || c == '<') {
            out.append(String.format("\\u%04x", (int) c)); // safe inside a script element too
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** The member of a document that must be an object. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> object(Object value, String name) {
    Check.that(value instanceof Map, "%s must be a JSON object, was %s", name, value);
    return (Map<String, Object>) value;
  }

  /** The member of a document that must be a list. */
  @SuppressWarnings("unchecked")
  public static List<Object> list(Object value, String name) {
    Check.that(value instanceof List, "%s must be a JSON list, was %s", name, value);
    return (List<Object>) value;
  }
}
