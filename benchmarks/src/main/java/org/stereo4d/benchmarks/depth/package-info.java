/** Benchmarks of stereo matching. */
package org.stereo4d.benchmarks.depth;
