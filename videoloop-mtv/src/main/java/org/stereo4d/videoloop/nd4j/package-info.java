/**
 * Matching by matrix products on ND4J, an optional dependency: {@code |x|^2 + |y|^2 - 2 x y^T} in
 * double, place by place. Choices are those of {@link org.stereo4d.videoloop.loss.DirectMatcher}
 * except where two scores agree to rounding.
 */
@NullMarked
package org.stereo4d.videoloop.nd4j;

import org.jspecify.annotations.NullMarked;
