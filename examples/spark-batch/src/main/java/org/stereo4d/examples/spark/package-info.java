/**
 * Many clips on a cluster: a Spark program over a list of clips, one clip per task.
 *
 * <pre>
 * list -> driver -> task per clip -> child JVM (Stereo4D pipeline) -> folder of the clip
 *                                 -> one JSON line and one Parquet row per clip
 * </pre>
 *
 * <p>A clip is done when {@code OUT/clips/ID/outcome.json} exists, which is written last; a done
 * clip is never begun again, so the program may be killed and restarted at any time, and one that
 * was begun goes on at the stage its manifest names. The pipeline runs in a JVM of its own: a crash
 * of native code costs one attempt of one clip, not an executor. An attempt that fails is retried
 * by Spark as often as the master allows ({@code spark.task.maxFailures}); after the last one the
 * clip is listed as failed and the rest goes on.
 */
@NullMarked
package org.stereo4d.examples.spark;

import org.jspecify.annotations.NullMarked;
