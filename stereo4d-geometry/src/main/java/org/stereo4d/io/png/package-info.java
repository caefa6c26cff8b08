/**
 * Portable Network Graphics, read and written without an imaging framework.
 *
 * <p>Every colour type, bit depth and interlacing of the standard (W3C PNG, third edition) is read:
 * depths below 8 are scaled to 8 bits, palettes become RGB, a transparent colour becomes an alpha
 * channel. 16-bit samples keep all bits. Text chunks are kept, since depth pictures carry their
 * scale in them. Colour management chunks are ignored: samples are what the file holds.
 *
 * <p>Sizes are checked before memory is taken: sides against {@link org.stereo4d.run.Limits}, and
 * the picture against what the bytes of the file could inflate to.
 */
@NullMarked
package org.stereo4d.io.png;

import org.jspecify.annotations.NullMarked;
