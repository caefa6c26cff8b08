/**
 * Videos in parts: cut into pieces of some frames, joined in the order of their names, split into
 * halves.
 *
 * <p>Unlike the reference's tools: cuts are made at frames, not at rounded times, parts must fit
 * each other, and sound stays.
 */
@NullMarked
package org.stereo4d.stereocrafter.parts;

import org.jspecify.annotations.NullMarked;
