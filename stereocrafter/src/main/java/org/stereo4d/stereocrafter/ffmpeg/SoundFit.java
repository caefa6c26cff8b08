package org.stereo4d.stereocrafter.ffmpeg;

import java.util.Locale;

/** How sound is made to last as long as pictures do. */
public enum SoundFit {
  /** The tempo changes and the pitch stays: overlapping windows are moved against each other. */
  KEEP_PITCH,
  /**
   * Played faster or slower, as a tape would be, so that the pitch moves with the speed: samples of
   * rate r count as {@code (int) (speed r)} samples per second and are brought back to rate r. What
   * the reference's tool does.
   */
  RESAMPLE_PITCH;

  /** A single step of tempo beyond these bounds leaves out samples or repeats them. */
  private static final double MOST = 2;

  /** The filters, in FFmpeg's words. */
  String filters(double speed, int rateHz) {
    return switch (this) {
      case KEEP_PITCH -> tempo(speed);
      case RESAMPLE_PITCH -> "asetrate=" + (int) (rateHz * speed) + ",aresample=" + rateHz;
    };
  }

  private static String tempo(double speed) {
    StringBuilder out = new StringBuilder();
    double rest = speed;
    while (rest > MOST || rest < 1 / MOST) {
      double step = rest > MOST ? MOST : 1 / MOST;
      out.append(tempoStep(step)).append(',');
      rest /= step;
    }
    return out.append(tempoStep(rest)).toString();
  }

  private static String tempoStep(double speed) {
    return String.format(Locale.ROOT, "atempo=%.9f", speed);
  }
}
