package org.stereo4d.io.npy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Parses the dictionary of an array header: the keys {@code descr}, {@code fortran_order} and
 * {@code shape}, each once, in any order, and nothing else.
 */
final class NpyDictionary {
  private static final int MAX_RANK = 32;

  private final String text;
  private final String what;
  private int at;
  private Optional<String> descr = Optional.empty();
  private Optional<Boolean> fortranOrder = Optional.empty();
  private Optional<int[]> shape = Optional.empty();

  NpyDictionary(String text, String what) {
    this.text = text;
    this.what = what;
  }

  NpyHeader header(int headerBytes) throws IOException {
    expect('{');
    while (peek() != '}') {
      entry();
      if (peek() == ',') {
        at++;
      } else if (peek() != '}') {
        throw bad("expected , or }");
      }
    }
    at++;
    if (!text.substring(at).isBlank()) {
      throw bad("expected the end of the header");
    }
    String type = descr.orElseThrow(() -> bad("'descr' is missing"));
    boolean fortran = fortranOrder.orElseThrow(() -> bad("'fortran_order' is missing"));
    int[] sides = shape.orElseThrow(() -> bad("'shape' is missing"));
    return header(type, fortran, sides, headerBytes);
  }

  private void entry() throws IOException {
    String key = string();
    expect(':');
    switch (key) {
      case "descr" -> descr = once(key, descr, type());
      case "fortran_order" -> fortranOrder = once(key, fortranOrder, bool());
      case "shape" -> shape = once(key, shape, tuple());
      default -> throw bad("unknown key '" + key + "'");
    }
  }

  private <T> Optional<T> once(String key, Optional<T> before, T value) throws IOException {
    if (before.isPresent()) {
      throw bad("'" + key + "' appears twice");
    }
    return Optional.of(value);
  }

  private String type() throws IOException {
    if (peek() == '[' || peek() == '(' || peek() == '{') {
      throw new IOException(what + ": is a structured array, expected plain numbers or text");
    }
    return string();
  }

  private NpyHeader header(String descr, boolean fortran, int[] sides, int headerBytes)
      throws IOException {
    int letter = !descr.isEmpty() && "<>|=".indexOf(descr.charAt(0)) >= 0 ? 1 : 0;
    String code = descr.substring(letter);
    if (code.startsWith("O")) {
      throw new IOException(
          what
              + ": is an object array (pickled Python objects), which is never loaded;"
              + " save it with a numeric or text dtype");
    }
    if (code.equals("?")) {
      code = "b1";
    }
    ByteOrder order =
        descr.startsWith("<")
            ? ByteOrder.LITTLE_ENDIAN
            : descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.nativeOrder();
    if (!code.matches("[a-zA-Z][0-9]{1,9}")) {
      throw unsupported(descr);
    }
    int width = Integer.parseInt(code.substring(1));
    NpyType type = NpyType.of(code.charAt(0), width).orElseThrow(() -> unsupported(descr));
    long itemBytes = type == NpyType.UNICODE ? 4L * width : width;
    if (itemBytes > Integer.MAX_VALUE) {
      throw unsupported(descr);
    }
    return new NpyHeader(type, (int) itemBytes, order, fortran, sides, headerBytes);
  }

  private IOException unsupported(String descr) {
    return new IOException(
        what
            + ": has dtype '"
            + descr
            + "', expected b1, i1 to i8, u1 to u8, f2, f4, f8, c8, c16, S or U");
  }

  private String string() throws IOException {
    char quote = peek();
    if (quote != '\'' && quote != '"') {
      throw bad("expected a quoted text");
    }
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw bad("a quoted text does not end");
    }
    String value = text.substring(at + 1, end);
    if (value.indexOf('\\') >= 0) {
      throw bad("escapes are not expected");
    }
    at = end + 1;
    return value;
  }

  private boolean bool() throws IOException {
    peek();
    if (text.startsWith("True", at)) {
      at += 4;
      return true;
    }
    if (text.startsWith("False", at)) {
      at += 5;
      return false;
    }
    throw bad("expected True or False");
  }

  private int[] tuple() throws IOException {
    expect('(');
    int[] sides = new int[MAX_RANK];
    int rank = 0;
    while (peek() != ')') {
      if (rank == MAX_RANK) {
        throw bad("more than " + MAX_RANK + " dimensions");
      }
      sides[rank++] = size();
      if (peek() == ',') {
        at++;
      } else if (peek() != ')' || rank == 1) {
        throw bad("expected , in the shape");
      }
    }
    at++;
    return Arrays.copyOf(sides, rank);
  }

  private int size() throws IOException {
    peek();
    int start = at;
    while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0) {
      at++;
    }
    String digits = text.substring(start, at);
    if (at < text.length() && text.charAt(at) == 'L') {
      at++; // a long of Python 2
    }
    if (digits.isEmpty() || digits.length() > 10 || Long.parseLong(digits) > Integer.MAX_VALUE) {
      throw bad("'" + digits + "' is no size of 0 to " + Integer.MAX_VALUE);
    }
    return Integer.parseInt(digits);
  }

  /** The next character that is no blank. */
  private char peek() throws IOException {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      throw bad("it is cut off");
    }
    return text.charAt(at);
  }

  private void expect(char c) throws IOException {
    if (peek() != c) {
      throw bad("expected " + c);
    }
    at++;
  }

  private IOException bad(String why) {
    String shown = text.length() > 120 ? text.substring(0, 120) + "..." : text;
    return new IOException(
        what + ": array header is malformed at " + at + ": " + why + ": " + shown.strip());
  }
}
