/**
 * Camera paths in files, as {@code worldFromCamera} in our axes (x right, y down, z forward).
 *
 * <p>A {@link org.stereo4d.io.pose.TimedPoses} is a {@link org.stereo4d.camera.PoseSource} that
 * answers for any time by its nearest pose; {@link org.stereo4d.io.pose.TumTrajectory} and released
 * clips give one. {@link org.stereo4d.io.pose.LlffPoses} holds the rows of {@code
 * poses_bounds.npy}, and {@link org.stereo4d.io.pose.PosedCamera} our own JSON of cameras.
 */
@NullMarked
package org.stereo4d.io.pose;

import org.jspecify.annotations.NullMarked;
