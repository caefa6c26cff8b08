package org.stereo4d.video;

import java.nio.file.Path;
import java.util.Optional;
import org.stereo4d.run.Check;

/**
 * How a video is written.
 *
 * @param framesPerSecond Hz; > 0. The reference always writes 30
 * @param quality constant quantiser 0 (best) to 51; the reference uses 20 up to 640x480 pixels and
 *     28 above. Cisco's openh264 takes 12 for anything better
 * @param chroma colour resolution; {@link Chroma#AUTO} follows the reference
 * @param audioFrom a file whose sound is copied without re-encoding; empty for silence
 */
public record EncodeOptions(
    double framesPerSecond, int quality, Chroma chroma, Optional<Path> audioFrom) {
  /** 30 Hz, quantiser 20, automatic chroma, silent. */
  public static final EncodeOptions DEFAULTS =
      new EncodeOptions(30, 20, Chroma.AUTO, Optional.empty());

  /** Colour resolution of the encoded picture. */
  public enum Chroma {
    /** {@link #YUV420} when both sides are even, else {@link #YUV444}. */
    AUTO,
    /** Half resolution both ways; every player reads it; needs even sides. */
    YUV420,
    /** Full resolution. */
    YUV444
  }

  /** Checks rate and quality. */
  public EncodeOptions {
    Check.that(
        framesPerSecond > 0 && Double.isFinite(framesPerSecond),
        "framesPerSecond must be > 0 and finite, was %s",
        framesPerSecond);
    Check.that(quality >= 0 && quality <= 51, "quality must be in 0..51, was %s", quality);
  }

  /** These options at another frame rate, Hz. */
  public EncodeOptions withFramesPerSecond(double framesPerSecond) {
    return new EncodeOptions(framesPerSecond, quality, chroma, audioFrom);
  }

  /** These options with another quantiser. */
  public EncodeOptions withQuality(int quality) {
    return new EncodeOptions(framesPerSecond, quality, chroma, audioFrom);
  }

  /** These options with another colour resolution. */
  public EncodeOptions withChroma(Chroma chroma) {
    return new EncodeOptions(framesPerSecond, quality, chroma, audioFrom);
  }

  /** These options with the sound of a file. */
  public EncodeOptions withAudioFrom(Path file) {
    return new EncodeOptions(framesPerSecond, quality, chroma, Optional.of(file));
  }
}
