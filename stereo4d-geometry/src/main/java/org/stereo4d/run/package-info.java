/**
 * How long work runs: checks of arguments, progress and cancellation, parallel loops, atomic files,
 * manifests that let a run resume, and limits on hostile input.
 */
@NullMarked
package org.stereo4d.run;

import org.jspecify.annotations.NullMarked;
