/** Benchmarks of tracking, pruning, lifting and motion. */
package org.stereo4d.benchmarks.tracking;
