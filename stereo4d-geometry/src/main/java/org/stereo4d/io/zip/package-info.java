/**
 * Zip archives for random reading: stored and deflated members, zip64, sizes and checksums
 * enforced.
 *
 * <p>The container of NumPy's {@code .npz} and of PyTorch checkpoints. Only the central directory
 * is believed; each member is bounded by it, by the file and by {@link org.stereo4d.run.Limits}.
 */
@NullMarked
package org.stereo4d.io.zip;

import org.jspecify.annotations.NullMarked;
