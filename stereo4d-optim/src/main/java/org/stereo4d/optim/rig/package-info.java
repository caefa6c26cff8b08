/**
 * Camera poses and rig calibration of a VR180 video, from nothing but the video.
 *
 * <p>Two eyes with baseline B look nearly parallel. Everything is expressed in the frame of the
 * left eye, x right, y down, z forward; B fixes the scale.
 *
 * <h2>Rig rotation</h2>
 *
 * For a point seen along unit bearings l (left eye) and r (right eye), with the rotation R =
 * leftFromRight and the direction b of the baseline in the left eye,
 *
 * <pre>
 * e = (b x l) . (R r) / sqrt( (|b x l|^2 + |b x R r|^2) / 2 )        radians
 * </pre>
 *
 * vanishes. Five angles are observable; they are found by random samples of five matches, each
 * solved by Newton steps from "no rotation, b = x", and refined by Levenberg-Marquardt with Cauchy
 * loss and weak priors. The rectified frame has x along b and z as near as possible to the mean of
 * both optical axes.
 *
 * <h2>Poses</h2>
 *
 * Points are triangulated by stereo; the pose of the next frame comes from its matches in both eyes
 * by random samples of three points, each solved by Gauss-Newton from the predicted motion (between
 * neighbouring frames it converges, where a closed form would give four roots), then Gauss-Newton
 * with Huber loss. Bundle adjustment refines poses of key frames and points together; points are
 * eliminated by the Schur complement.
 *
 * <p>A common rotation of both eyes about the baseline cannot be seen in a rig's own pictures: it
 * is gauge, and turns poses and points together.
 */
@NullMarked
package org.stereo4d.optim.rig;

import org.jspecify.annotations.NullMarked;
