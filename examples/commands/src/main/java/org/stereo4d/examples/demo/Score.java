package org.stereo4d.examples.demo;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One figure of the demo.
 *
 * @param system it belongs to
 * @param what is measured
 * @param reached today
 * @param target the aim
 * @param unit of both
 * @param atMost whether smaller is better
 */
public record Score(
    String system, String what, double reached, double target, String unit, boolean atMost) {
  /** A figure that must not exceed its target. */
  public static Score atMost(
      String system, String what, double reached, double target, String unit) {
    return new Score(system, what, reached, target, unit, true);
  }

  /** A figure that must not fall below its target. */
  public static Score atLeast(
      String system, String what, double reached, double target, String unit) {
    return new Score(system, what, reached, target, unit, false);
  }

  /** Whether the target is met; never for NaN. */
  public boolean isMet() {
    return atMost ? reached <= target : reached >= target;
  }

  /** "ok" or "missed". */
  public String verdict() {
    return isMet() ? "ok" : "missed";
  }

  /** A line of the printed table. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%-14s %-58s %10.4g  %s %-8.4g %-6s %s",
        system,
        what,
        reached,
        atMost ? "<=" : ">=",
        target,
        unit,
        verdict());
  }

  /** A row of the table in the documents. */
  String markdown() {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s %s |",
        system,
        what,
        isMet() ? shown(reached) : "**" + shown(reached) + "**, missed",
        atMost ? "at most" : "at least",
        shown(target));
  }

  private String shown(double value) {
    boolean isShare = unit.equals("share") || unit.equals("of path");
    double number = isShare ? 100 * value : value;
    String text = new BigDecimal(number, new MathContext(3)).stripTrailingZeros().toPlainString();
    if (Math.abs(number) >= 100) {
      text = String.format(Locale.ROOT, "%.0f", number);
    }
    return text + (isShare ? " %" : unit.equals("x") ? "x" : unit.isEmpty() ? "" : " " + unit);
  }

  Map<String, Object> toMap() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("system", system);
    out.put("what", what);
    out.put("reached", reached);
    out.put(atMost ? "atMost" : "atLeast", target);
    out.put("unit", unit);
    out.put("met", isMet());
    return out;
  }
}
