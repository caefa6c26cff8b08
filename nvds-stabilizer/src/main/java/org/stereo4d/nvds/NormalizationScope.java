package org.stereo4d.nvds;

/** Over what the maps a network sees are stretched to [0, 1]. */
public enum NormalizationScope {
  /** Each frame on its own, as the reference program does. */
  FRAME,
  /**
   * The four frames of a window together, as the paper writes; nothing is shared between windows.
   */
  WINDOW
}
