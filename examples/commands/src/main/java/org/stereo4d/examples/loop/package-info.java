/** The commands of 3D video loops: make or prepare a scene, train, render, show, measure. */
@NullMarked
package org.stereo4d.examples.loop;

import org.jspecify.annotations.NullMarked;
