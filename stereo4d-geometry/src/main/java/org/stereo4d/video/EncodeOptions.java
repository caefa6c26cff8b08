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
 * @param encoding of the pictures; folders of pictures ignore it
 * @param bitsPerSample 8 or 10; folders of pictures ignore it and keep 16 of float frames
 * @param colors what a file of 10 bits says about its colours, BT.709 where they say nothing; its
 *     luma is that of BT.2020 if theirs is and of BT.709 if not, of limited range. A file of 8 bits
 *     is BT.709, whatever they are: 8 bits are too few for high dynamic range. Metadata of the
 *     mastering display and light levels are not written
 */
public record EncodeOptions(
    double framesPerSecond,
    int quality,
    Chroma chroma,
    Optional<Path> audioFrom,
    Encoding encoding,
    int bitsPerSample,
    ColorTags colors) {
  /** 30 Hz, quantiser 20, automatic chroma, silent, H.264 of 8 bits. */
  public static final EncodeOptions DEFAULTS =
      new EncodeOptions(30, 20, Chroma.AUTO, Optional.empty(), Encoding.H264, 8, ColorTags.BT709);

  /** How pictures are compressed. */
  public enum Encoding {
    /**
     * What every player reads; VP9 where no encoder of H.264 takes the size or chroma. With 10 bits
     * its successors: HEVC where the natives encode it, else AV1.
     */
    H264,
    /**
     * MPEG-4 part 2, 4:2:0, which old programs read; sides must be even, samples of 8 bits. The
     * quality means the step that it means in H.264, at best 2.
     */
    MPEG4,
    /** RGB without any loss, for Matroska; quality and chroma do not matter. */
    FFV1
  }

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
    Check.that(
        bitsPerSample == 8 || bitsPerSample == 10,
        "bitsPerSample must be 8 or 10, was %s",
        bitsPerSample);
  }

  /** These options at another frame rate, Hz. */
  public EncodeOptions withFramesPerSecond(double framesPerSecond) {
    return new EncodeOptions(
        framesPerSecond, quality, chroma, audioFrom, encoding, bitsPerSample, colors);
  }

  /** These options with another quantiser. */
  public EncodeOptions withQuality(int quality) {
    return new EncodeOptions(
        framesPerSecond, quality, chroma, audioFrom, encoding, bitsPerSample, colors);
  }

  /** These options with another colour resolution. */
  public EncodeOptions withChroma(Chroma chroma) {
    return new EncodeOptions(
        framesPerSecond, quality, chroma, audioFrom, encoding, bitsPerSample, colors);
  }

  /** These options with the sound of a file. */
  public EncodeOptions withAudioFrom(Path file) {
    return new EncodeOptions(
        framesPerSecond, quality, chroma, Optional.of(file), encoding, bitsPerSample, colors);
  }

  /** These options without sound. */
  public EncodeOptions withoutAudio() {
    return new EncodeOptions(
        framesPerSecond, quality, chroma, Optional.empty(), encoding, bitsPerSample, colors);
  }

  /** These options with another encoding. */
  public EncodeOptions withEncoding(Encoding encoding) {
    return new EncodeOptions(
        framesPerSecond, quality, chroma, audioFrom, encoding, bitsPerSample, colors);
  }

  /** These options with another depth. */
  public EncodeOptions withBitsPerSample(int bitsPerSample) {
    return new EncodeOptions(
        framesPerSecond, quality, chroma, audioFrom, encoding, bitsPerSample, colors);
  }

  /** These options with other colours. */
  public EncodeOptions withColors(ColorTags colors) {
    return new EncodeOptions(
        framesPerSecond, quality, chroma, audioFrom, encoding, bitsPerSample, colors);
  }
}
