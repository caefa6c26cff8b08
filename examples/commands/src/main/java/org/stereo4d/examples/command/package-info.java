/** The commands: each parses, calls one stage of the library, and answers with what it did. */
@NullMarked
package org.stereo4d.examples.command;

import org.jspecify.annotations.NullMarked;
