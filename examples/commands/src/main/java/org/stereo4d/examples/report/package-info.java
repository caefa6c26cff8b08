/**
 * One page per run: {@code index.html}, which needs no other file and no network, and {@code
 * report.json} beside it with the same numbers.
 *
 * <p>Pictures, small videos and the tracks of the 3D viewer are inside the page as data; plots are
 * inline SVG. The viewer is WebGL with orbit, time slider, trails and the camera's frustum; it is
 * worked by pointer, touch or keyboard.
 */
@NullMarked
package org.stereo4d.examples.report;

import org.jspecify.annotations.NullMarked;
