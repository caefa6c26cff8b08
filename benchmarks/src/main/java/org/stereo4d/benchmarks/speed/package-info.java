/** Tables of speed in the documents, made from the figures of the benchmarks. */
package org.stereo4d.benchmarks.speed;
