/** Runs the benchmarks. */
package org.stereo4d.benchmarks;
