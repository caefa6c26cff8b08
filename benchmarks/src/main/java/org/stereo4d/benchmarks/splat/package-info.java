/** Benchmarks of the splatting kernels. */
package org.stereo4d.benchmarks.splat;
