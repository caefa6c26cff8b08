/**
 * Follows points through video, thins the tracks out, lifts them to 3D and draws them.
 *
 * <h2>From pictures to tracks</h2>
 *
 * A {@link org.stereo4d.tracking.QueryGrid} asks for a jittered grid of points on every tenth frame
 * (spec D.1). A {@link org.stereo4d.tracking.PointTracker} follows each of them to both ends of the
 * clip. A {@link org.stereo4d.tracking.TrackPruner} drops a query that starts where an older track
 * already is (spec D.3): with V the places of kept tracks visible at the query's frame,
 *
 * <pre>
 * keep q  iff  min over v in V of |q - v| > threshold,   strict
 * </pre>
 *
 * <h2>Lifting</h2>
 *
 * {@link org.stereo4d.tracking.TrackLifter} turns pixels into world points with a depth map and a
 * pose per frame (spec F.1): {@code X = worldFromCamera (d (x - cx) / fx, d (y - cy) / fy, d)},
 * valid inside the picture for {@code 0 < d < 20 m}. The depth of a track is read with {@code
 * DepthLookup.ROUND}, which is half a pixel off, because results must stay comparable; {@code
 * FLOOR} is the consistent choice. Unknown depth is NaN here and 0 in the reference: neither lifts.
 *
 * <h2>Motion</h2>
 *
 * {@link org.stereo4d.tracking.MotionMagnitude} says how far a track moved in the picture when the
 * motion of the camera is taken out (spec F.3): with {@code x_s} the projection of the point of
 * frame s into the camera of frame t,
 *
 * <pre>
 * m(t) = max over s in [t - 16, t - 1] of |x_s - x_t|,   both visible and both projections valid
 * </pre>
 *
 * A track is dynamic when any {@code m(t) > 16 px} (spec F.6).
 *
 * <h2>Pictures</h2>
 *
 * {@link org.stereo4d.tracking.TrailOverlay} draws trails over the frames and {@link
 * org.stereo4d.tracking.WorldView} draws the same tracks in a 3D box (spec F.8). A clip without
 * dynamic tracks gives plain pictures, where the reference stops.
 *
 * <h2>Symbols</h2>
 *
 * <table>
 * <caption>Symbols of the specification</caption>
 * <tr><th>symbol</th><th>name</th><th>unit</th></tr>
 * <tr><td>(t, row, col)</td><td>frame, yPx, xPx of a query</td><td>raster px</td></tr>
 * <tr><td>v2</td><td>visibility of {@code Tracks2d}</td><td></td></tr>
 * <tr><td>v3</td><td>visibility of {@code Tracks3d}</td><td></td></tr>
 * <tr><td>m</td><td>{@code MotionMagnitude}</td><td>px</td></tr>
 * </table>
 */
@NullMarked
package org.stereo4d.tracking;

import org.jspecify.annotations.NullMarked;
