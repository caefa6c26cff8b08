/** Loops as pictures and videos, from any camera and at any time. */
@NullMarked
package org.stereo4d.videoloop.render;

import org.jspecify.annotations.NullMarked;
