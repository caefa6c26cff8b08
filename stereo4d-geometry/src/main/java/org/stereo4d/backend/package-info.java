/**
 * Back ends that can be plugged: found with {@link java.util.ServiceLoader}, asked for by name,
 * never chosen silently.
 */
@NullMarked
package org.stereo4d.backend;

import org.jspecify.annotations.NullMarked;
