package org.stereo4d.videoloop.export;

import org.stereo4d.run.Check;

/**
 * How a viewer's files are written.
 *
 * @param maxTexturePx longest side of a texture; {@code >= 16}. Default 4096, what phones can show
 * @param tightPacking whether the reference's spare column of tiles is left out
 * @param includeViewer whether {@code index.html} is written
 */
public record ExportOptions(int maxTexturePx, boolean tightPacking, boolean includeViewer) {
  /** 4096 pixels, the reference's packing, with the viewer. */
  public static final ExportOptions DEFAULTS = new ExportOptions(4096, false, true);

  /** Checks the side. */
  public ExportOptions {
    Check.that(maxTexturePx >= 16, "maxTexturePx must be >= 16, was %s", maxTexturePx);
  }

  /** These options with another longest side. */
  public ExportOptions withMaxTexturePx(int maxTexturePx) {
    return new ExportOptions(maxTexturePx, tightPacking, includeViewer);
  }

  /** These options with or without the spare column. */
  public ExportOptions withTightPacking(boolean tightPacking) {
    return new ExportOptions(maxTexturePx, tightPacking, includeViewer);
  }

  /** These options with or without the viewer. */
  public ExportOptions withIncludeViewer(boolean includeViewer) {
    return new ExportOptions(maxTexturePx, tightPacking, includeViewer);
  }
}
