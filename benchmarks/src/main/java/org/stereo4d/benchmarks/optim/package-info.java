/** Benchmarks of the track optimisation. */
package org.stereo4d.benchmarks.optim;
