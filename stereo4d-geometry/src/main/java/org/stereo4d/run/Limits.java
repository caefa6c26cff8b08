package org.stereo4d.run;

import java.io.IOException;

/**
 * What a reader accepts from a file before it allocates memory.
 *
 * @param maxImageSidePx longest image side; > 0. Default 32 767, the limit of the native remap
 * @param maxMemberBytes largest array in an archive, inflated; > 0. Default 4 GiB
 * @param maxFrames most frames of a video or clip; > 0. Default 1 000 000
 * @param maxJsonDepth deepest nesting of a JSON document; > 0. Default 64
 */
public record Limits(int maxImageSidePx, long maxMemberBytes, int maxFrames, int maxJsonDepth) {
  /** The defaults named at each component. */
  public static final Limits DEFAULTS = new Limits(32_767, 4L << 30, 1_000_000, 64);

  /** Checks that every limit is positive. */
  public Limits {
    Check.that(maxImageSidePx > 0, "maxImageSidePx must be > 0, was %s", maxImageSidePx);
    Check.that(maxMemberBytes > 0, "maxMemberBytes must be > 0, was %s", maxMemberBytes);
    Check.that(maxFrames > 0, "maxFrames must be > 0, was %s", maxFrames);
    Check.that(maxJsonDepth > 0, "maxJsonDepth must be > 0, was %s", maxJsonDepth);
  }

  /** These limits with another longest image side. */
  public Limits withMaxImageSidePx(int maxImageSidePx) {
    return new Limits(maxImageSidePx, maxMemberBytes, maxFrames, maxJsonDepth);
  }

  /** These limits with another largest array. */
  public Limits withMaxMemberBytes(long maxMemberBytes) {
    return new Limits(maxImageSidePx, maxMemberBytes, maxFrames, maxJsonDepth);
  }

  /** These limits with another number of frames. */
  public Limits withMaxFrames(int maxFrames) {
    return new Limits(maxImageSidePx, maxMemberBytes, maxFrames, maxJsonDepth);
  }

  /**
   * Refuses an array that a file announces, before it is allocated.
   *
   * @param bytes size of the array in memory
   * @param what file and field, the beginning of the message
   * @throws IOException if the size is negative, above {@link #maxMemberBytes} or above the heap
   */
  public void requireBytes(long bytes, String what) throws IOException {
    if (bytes < 0 || bytes > maxMemberBytes) {
      throw new IOException(
          what + ": needs " + bytes + " bytes, expected at most " + maxMemberBytes + " (Limits)");
    }
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap) {
      throw new IOException(
          what + ": needs " + bytes + " bytes, expected at most the heap of " + heap + " (-Xmx)");
    }
  }

  /**
   * Refuses image sides that a file announces, before the image is allocated.
   *
   * @param what file and field, the beginning of the message
   * @throws IOException if a side is not in [1, {@link #maxImageSidePx}], or the samples exceed
   *     {@link #maxMemberBytes} or an array
   */
  public void requireImage(long width, long height, int bytesPerPixel, String what)
      throws IOException {
    if (width < 1 || height < 1 || width > maxImageSidePx || height > maxImageSidePx) {
      throw new IOException(
          what
              + ": is "
              + width
              + "x"
              + height
              + ", expected sides of 1 to "
              + maxImageSidePx
              + " (Limits)");
    }
    long bytes = width * height * bytesPerPixel;
    requireBytes(bytes, what);
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new IOException(what + ": " + width + "x" + height + " pixels exceed an array");
    }
  }
}
