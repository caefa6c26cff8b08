/**
 * An analytic ray caster: bodies with closed-form intersections, band-limited textures, and exact
 * answers about what any camera sees.
 *
 * <h2>Geometry</h2>
 *
 * A {@link org.stereo4d.synthetic.scene.SyntheticScene} is a list of rigid bodies, each with a pose
 * {@code worldFromObject(t)}, under a sky at infinity. A pixel's ray starts at the camera centre;
 * the nearest intersection {@code p = o + s d} over all bodies, with |d| = 1, gives the range s,
 * and in the object's frame the point {@code q = objectFromWorld(t) p} that a track follows:
 *
 * <pre>
 * place at time u      p(u) = worldFromObject(u) q
 * flow from a to b     project_b(p(u_b)) - pixel
 * depth                s (d . forward)
 * disparity            fx B / depth,  B along +x of the left camera
 * seen by b            project_b(p) inside the picture and nothing nearer on the ray from b
 * </pre>
 *
 * All of it in double precision. A point of the sky is a direction: it has flow and can be seen,
 * but has no depth and no disparity.
 *
 * <h2>Textures</h2>
 *
 * Noise in octaves, in solid object coordinates. The footprint of a pixel is {@code s a / cos i}
 * with a the angle between neighbouring pixels and i the slant of the surface; an octave fades out
 * as its lattice cell shrinks from two footprints to one, so that nothing aliases. The fade depends
 * on the view, as the blur of a real lens does: a camera that comes nearer sees more detail. Light
 * is fixed to each body, so a body keeps its colours however it moves.
 *
 * <h2>Outlines</h2>
 *
 * A pixel whose neighbours see another surface takes the mean colour of 3 x 3 rays; all other
 * pixels, and every exact answer, take one ray through the pixel centre.
 */
@NullMarked
package org.stereo4d.synthetic.scene;

import org.jspecify.annotations.NullMarked;
