/**
 * OpenCV through JavaCV: dense flow by inverse search (DIS).
 *
 * <p>Native memory is released when a call returns. Results are the same for the same input,
 * options and number of OpenCV threads; the library cuts its work by that number, so another number
 * may move flow by fractions of a pixel.
 *
 * <p>The native DIS code ends the process for some pictures with a short side below 32 pixels; such
 * pictures are extended by repeating their last row or column and the flow is cropped again.
 * Pictures with a side of 32 768 pixels or more are refused.
 *
 * <p>References: T. Kroeger et al., Fast Optical Flow using Dense Inverse Search, arXiv 1603.03590.
 */
@NullMarked
package org.stereo4d.backend.opencv;

import org.jspecify.annotations.NullMarked;
