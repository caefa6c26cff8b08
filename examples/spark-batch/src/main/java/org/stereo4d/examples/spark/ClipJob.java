package org.stereo4d.examples.spark;

import java.io.Serializable;

/**
 * A clip as the driver sends it to a task: Hadoop paths, or local ones, as text.
 *
 * @param id names the folder of its results
 * @param video a side-by-side VR180 video
 * @param clip times, poses and calibration; empty when they are to be estimated
 */
record ClipJob(String id, String video, String clip) implements Serializable {}
