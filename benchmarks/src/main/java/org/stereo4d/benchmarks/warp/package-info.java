/** Benchmarks of the warps. */
package org.stereo4d.benchmarks.warp;
