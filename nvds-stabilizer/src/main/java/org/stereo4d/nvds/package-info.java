/** Steady depth for any video. */
@NullMarked
package org.stereo4d.nvds;

import org.jspecify.annotations.NullMarked;
