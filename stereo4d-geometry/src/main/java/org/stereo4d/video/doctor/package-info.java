/**
 * Tells whether a video is what it claims to be, before hours go into it.
 *
 * <p>Most trouble with VR180 sources has one of few causes (spec H): a flattened picture saved by a
 * browser, eyes exchanged or stacked, one picture twice, a rig whose eyes are not level. Each is
 * found from a handful of frames:
 *
 * <ul>
 *   <li>halves are compared at low resolution; a stereo video is most alike to itself when cut
 *       where its eyes meet;
 *   <li>on views of 90 degrees, dense flow from the left to the right view gives the disparity
 *       {@code -flow.x} and the vertical error {@code |flow.y|}.
 * </ul>
 */
@NullMarked
package org.stereo4d.video.doctor;

import org.jspecify.annotations.NullMarked;
