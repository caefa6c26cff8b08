/**
 * Splatting with ND4J, an optional dependency. Its scatter is slow; this is for those who use it.
 */
@NullMarked
package org.stereo4d.stereocrafter.nd4j;

import org.jspecify.annotations.NullMarked;
