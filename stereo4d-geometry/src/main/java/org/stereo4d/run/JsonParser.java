package org.stereo4d.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A strict recursive-descent reader of RFC 8259 with bounded depth. */
final class JsonParser {
  private final String text;
  private final int maxDepth;
  private int at;

  JsonParser(String text, int maxDepth) {
    this.text = text;
    this.maxDepth = maxDepth;
  }

  Object document() {
    Object value = value(0);
    skipSpace();
    require(at == text.length(), "the end");
    return value;
  }

  private void require(boolean condition, String expected) {
    Check.that(
        condition,
        "JSON: expected %s at character %s, found %s",
        expected,
        at,
        at < text.length() ? "'" + text.charAt(at) + "'" : "the end");
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean take(char c) {
    skipSpace();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private Object value(int depth) {
    Check.that(depth <= maxDepth, "JSON: nested deeper than %s at character %s", maxDepth, at);
    skipSpace();
    require(at < text.length(), "a value");
    char c = text.charAt(at);
    if (c == '{') {
      return object(depth);
    }
    if (c == '[') {
      return list(depth);
    }
    if (c == '"') {
      return string();
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
      return number();
    }
    return word();
  }

  private Map<String, Object> object(int depth) {
    at++;
    Map<String, Object> out = new LinkedHashMap<>();
    if (take('}')) {
      return out;
    }
    do {
      skipSpace();
      require(at < text.length() && text.charAt(at) == '"', "a member name");
      String name = string();
      require(take(':'), "':'");
      out.put(name, value(depth + 1));
    } while (take(','));
    require(take('}'), "',' or '}'");
    return out;
  }

  private List<Object> list(int depth) {
    at++;
    List<Object> out = new ArrayList<>();
    if (take(']')) {
      return out;
    }
    do {
      out.add(value(depth + 1));
    } while (take(','));
    require(take(']'), "',' or ']'");
    return out;
  }

  private String string() {
    at++;
    StringBuilder out = new StringBuilder();
    while (true) {
      require(at < text.length() && text.charAt(at) >= 0x20, "the end of a string");
      char c = text.charAt(at++);
      if (c == '"') {
        return out.toString();
      }
      out.append(c == '\\' ? escape() : c);
    }
  }

  private char escape() {
    require(at < text.length(), "an escape");
    char c = text.charAt(at++);
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hex();
      default -> {
        at--;
        require(false, "one of \"\\/bfnrtu");
        yield c;
      }
    };
  }

  private char hex() {
    require(at + 4 <= text.length(), "four hexadecimal digits");
    int code = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = Character.digit(text.charAt(at), 16);
      require(digit >= 0, "a hexadecimal digit");
      code = 16 * code + digit;
    }
    return (char) code;
  }

  private Double number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Double.valueOf(text.substring(start, at));
    } catch (NumberFormatException e) {
      at = start;
      require(false, "a number");
      throw e;
    }
  }

  private Object word() {
    if (text.startsWith("true", at)) {
      at += 4;
      return Boolean.TRUE;
    }
    if (text.startsWith("false", at)) {
      at += 5;
      return Boolean.FALSE;
    }
    require(text.startsWith("null", at), "a value");
    at += 4;
    return Json.NULL;
  }
}
