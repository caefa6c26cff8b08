/** What every command shares: options of a run, progress for people, results for machines. */
@NullMarked
package org.stereo4d.examples.console;

import org.jspecify.annotations.NullMarked;
