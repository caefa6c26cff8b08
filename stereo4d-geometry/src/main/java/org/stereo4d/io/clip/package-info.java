/**
 * Clips of the Stereo4D data and evaluation files of TAPVid-3D.
 *
 * <h2>The released clip (spec A.1)</h2>
 *
 * <table>
 * <caption>Fields of a clip</caption>
 * <tr><th>field</th><th>shape</th><th>here</th></tr>
 * <tr><td>name, video_id</td><td>()</td><td>{@code name}, {@code videoId}</td></tr>
 * <tr><td>timestamps</td><td>(T)</td><td>{@code timestampsMicros}, from the start of the source</td></tr>
 * <tr><td>camera2world</td><td>(T,3,4)</td><td>{@code worldFromCameras}, left rectified view</td></tr>
 * <tr><td>track_lengths, track_indices, track_coordinates</td><td>(n), (sum), (sum,3)</td>
 * <td>{@code tracks}, dense</td></tr>
 * <tr><td>rectified2rig, fov_bounds</td><td>(2,3,3), (4)</td><td>{@code calibration}</td></tr>
 * </table>
 *
 * <p>Ragged tracks: with {@code o_i = sum of length_k for k < i}, track i has points at the frames
 * {@code track_indices[o_i .. o_i + length_i)}. Poses do not depend on the field of view or size of
 * a view, so they stay valid when these change; the right camera has the same rotation and stands
 * 0.063 m along +x of the left one.
 *
 * <p>Deviations: coordinates are held as float32, as they are released. Colours are not part of the
 * released format; we add {@code track_colors} (n, 3) uint8 when tracks are not all white, and read
 * it back. Any further field is kept and written again.
 */
@NullMarked
package org.stereo4d.io.clip;

import org.jspecify.annotations.NullMarked;
