/** Benchmarks of 3D video loops. */
package org.stereo4d.benchmarks.videoloop;
