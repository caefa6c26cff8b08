package org.stereo4d.examples.spark;

import java.io.Serializable;
import java.time.Duration;

/**
 * What every task needs to know.
 *
 * @param output folder of the results, any Hadoop file system
 * @param viewSidePx side of the rectified views; > 0
 * @param stridePx distance of the starts of tracks; > 0
 * @param heap of each child JVM, such as "3g"
 * @param limit of one attempt; a child that takes longer is killed
 * @param attempts how often a clip is tried before it is listed as failed; > 0
 */
record BatchSettings(
    String output, int viewSidePx, int stridePx, String heap, Duration limit, int attempts)
    implements Serializable {
  String clipFolder(String id) {
    return output + "/clips/" + id;
  }
}
