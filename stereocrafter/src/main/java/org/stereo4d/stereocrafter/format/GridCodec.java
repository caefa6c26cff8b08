package org.stereo4d.stereocrafter.format;

import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.EncodeOptions.Encoding;

/**
 * How videos of {@link SplatGrid} are compressed. The mask is one of the four pictures, so what is
 * lossy blurs it, too.
 */
public enum GridCodec {
  /** FFV1 of RGB in Matroska: what is read is what was written, bit by bit. */
  LOSSLESS("mkv", EncodeOptions.DEFAULTS.withEncoding(Encoding.FFV1)),
  /** MPEG-4 part 2 in MP4 at a quantiser of 2, as the reference writes. */
  MPEG4("mp4", EncodeOptions.DEFAULTS.withEncoding(Encoding.MPEG4).withQuality(16)),
  /** H.264 in MP4, 4:2:0, as the fork writes, at a constant quantiser of 16 instead of crf 16. */
  H264_CRF16("mp4", EncodeOptions.DEFAULTS.withChroma(EncodeOptions.Chroma.YUV420).withQuality(16));

  private final String extension;
  private final EncodeOptions options;

  GridCodec(String extension, EncodeOptions options) {
    this.extension = extension;
    this.options = options;
  }

  /** Extension of the files, without a dot. */
  public String extension() {
    return extension;
  }

  /** What a writer is told, but for rate and sound. */
  public EncodeOptions options() {
    return options;
  }

  /** Whether the sides of each picture must be even, since two by two pixels share their colour. */
  boolean needsEvenSides() {
    return this != LOSSLESS;
  }
}
