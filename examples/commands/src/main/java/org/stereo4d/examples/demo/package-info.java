/**
 * The demo of the build: synthetic worlds with exact truth go through every system on the embedded
 * defaults. It prints the accuracy reached, writes a report, and fails when a figure is worse than
 * the project accepts.
 */
@NullMarked
package org.stereo4d.examples.demo;

import org.jspecify.annotations.NullMarked;
