/**
 * The program {@code stereo4d}: one command per stage, each a thin example of the library.
 *
 * <p>{@link org.stereo4d.examples.Stereo4d} parses and sets the exit code: 0 done, 1 bad input, 2
 * usage, 3 a fault of the program, 130 cancelled.
 */
@NullMarked
package org.stereo4d.examples;

import org.jspecify.annotations.NullMarked;
