/** Benchmarks of the depth stabilisers. */
package org.stereo4d.benchmarks.nvds;
