/**
 * Clips with exact ground truth: worlds of {@link org.stereo4d.synthetic.scene} filmed by a VR180
 * rig, by perspective cameras, or by several unsynchronised cameras.
 *
 * <p>A {@link org.stereo4d.synthetic.Preset} names a world and the options that go with it. A
 * {@link org.stereo4d.synthetic.SyntheticClip} films it: raw side-by-side VR180 frames with any
 * rotation of the eyes, rectified pairs, single views; as pictures, or as a {@link
 * org.stereo4d.video.VideoReader} that draws each frame when it is asked for. A {@link
 * org.stereo4d.synthetic.SyntheticLoop} films water that repeats after a known number of frames.
 *
 * <h2>Rig</h2>
 *
 * The world is the left rectified camera of frame 0. With M the rotation {@code eyeFromRectified}
 * of the calibration and B the baseline, a raw eye sees along {@code d_rectified = M^-1 d_raw} from
 * {@code (0, 0, 0)} or {@code (B, 0, 0)} of the rectified frame (spec B.3), so rectifying its
 * picture with M gives the rectified view exactly.
 *
 * <h2>Sensor</h2>
 *
 * <pre>
 * sample = round(255 gain light + 255 sigma n),   n of mean 0 and deviation 1
 * </pre>
 *
 * n is a sum of three even numbers taken from a hash of seed, eye, frame and position, so it is the
 * same on any number of threads and for any order of frames. Motion blur is the mean of eight
 * pictures spread evenly over the exposure, camera and bodies moving.
 */
@NullMarked
package org.stereo4d.synthetic;

import org.jspecify.annotations.NullMarked;
