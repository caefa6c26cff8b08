/** placeholder. */
@NullMarked
package org.stereo4d.nvds.network;

import org.jspecify.annotations.NullMarked;
