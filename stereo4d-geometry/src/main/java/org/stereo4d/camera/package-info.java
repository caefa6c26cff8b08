/**
 * Cameras and rigid motion.
 *
 * <p>Axes: x right, y down, z forward, right-handed. A transform is named {@code targetFromSource}:
 * {@code pointWorld = worldFromCamera.apply(pointCamera)}, and {@code a.compose(b)} chains by
 * adjacent names. Pixels are continuous raster coordinates with the top-left corner at (0, 0).
 *
 * <h2>Equirectangular images</h2>
 *
 * <p>Longitude grows to the right and latitude (tilt) downward (spec B.2):
 *
 * <pre>
 * ray(lon, lat) = (cos lat sin lon, sin lat, cos lat cos lon)
 * lon(ray) = atan2(x, z),  lat(ray) = asin(y)
 * u = (lon - lon0) / (lon1 - lon0) (w - 1)     index coordinate, xPx = u + 0.5
 * </pre>
 *
 * The argument of asin is clamped to [-1, 1], which the reference omits.
 *
 * <h2>Fisheye images</h2>
 *
 * Equidistant: a ray at angle theta from the axis lands {@code focalPx * theta} from the centre.
 *
 * <h2>Rotations</h2>
 *
 * Unit quaternions (w, x, y, z); {@code ofYawPitchRollDegrees} is {@code Ry Rx Rz} (spec B.4).
 */
@NullMarked
package org.stereo4d.camera;

import org.jspecify.annotations.NullMarked;
