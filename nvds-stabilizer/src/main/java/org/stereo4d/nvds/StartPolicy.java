package org.stereo4d.nvds;

/** What the window of one of the first three frames holds. */
public enum StartPolicy {
  /** The frame itself four times; the reference. Such frames are steadied by one direction only. */
  REPEAT_TARGET,
  /** The frames there are, the earliest repeated. */
  CLAMP
}
