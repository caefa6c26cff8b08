package org.stereo4d.examples.demo;

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
 * @param accepted the worst figure that lets the demo pass; another than the target only where the
 *     target is known to be missed
 * @param unit of all three
 * @param atMost whether smaller is better
 */
public record Score(
    String system,
    String what,
    double reached,
    double target,
    double accepted,
    String unit,
    boolean atMost) {
  /** A figure that must not exceed its target. */
  public static Score atMost(
      String system, String what, double reached, double target, String unit) {
    return new Score(system, what, reached, target, target, unit, true);
  }

  /** A figure that must not fall below its target. */
  public static Score atLeast(
      String system, String what, double reached, double target, String unit) {
    return new Score(system, what, reached, target, target, unit, false);
  }

  /** This figure where the target is known to be missed, up to a worst value. */
  public Score accepting(double worst) {
    return new Score(system, what, reached, target, worst, unit, atMost);
  }

  /** Whether the target is met; never for NaN. */
  public boolean isMet() {
    return atMost ? reached <= target : reached >= target;
  }

  /** Whether the demo may pass. */
  public boolean isAccepted() {
    return isMet() || (atMost ? reached <= accepted : reached >= accepted);
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

  Map<String, Object> toMap() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("system", system);
    out.put("what", what);
    out.put("reached", reached);
    out.put(atMost ? "atMost" : "atLeast", target);
    out.put("accepted", accepted);
    out.put("unit", unit);
    out.put("met", isMet());
    return out;
  }
}
