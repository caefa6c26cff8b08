/**
 * Fills what the other eye sees and the camera did not.
 *
 * <p>Hole colours come from the background side only, and from other frames before this one: PSNR
 * in holes and flicker both gain. Unlike a network that repaints the whole view, visible pixels
 * stay bit-identical.
 */
@NullMarked
package org.stereo4d.stereocrafter.inpaint;

import org.jspecify.annotations.NullMarked;
