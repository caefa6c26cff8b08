/**
 * Loops in a web browser: the published viewer's file set, a viewer of our own, and a server.
 *
 * <pre>
 * meta.json          fps, fov (vertical, degrees), frame_count, near, far, up, lookat, limit
 * geometry.obj       v x y z r g b; vt u v; f a/ta b/tb c/tc, far to near
 * static.png         RGBA, straight alpha
 * dynamic/0000.png   RGBA, one per frame
 * index.html         the viewer
 * </pre>
 *
 * <p>Vertices of still tiles are red, of moving ones green; only used ones are written, in their
 * old order. Texture coordinates point at texel centres, v upwards. Textures hold {@code floor(255
 * sigma(raw))}.
 *
 * <p>Deviations from the reference: {@code up} and {@code limit} are of the recentred cameras, in
 * which the geometry lives ({@link org.stereo4d.videoloop.export.ViewerMeta#compatible} gives the
 * reference's); triangles of one depth keep their order; textures stay within a largest side.
 *
 * <p>The viewer is one page without network access or build step. It loads {@code ?dataurl=} (its
 * own folder by default), understands {@code frame}, {@code autoplay=0}, {@code width}, {@code
 * height} and {@code limit=0}, and shows a message when a file is missing. Keys: space plays and
 * pauses, arrows orbit, comma and point step, t shows tiles, r resets.
 */
@NullMarked
package org.stereo4d.videoloop.export;

import org.jspecify.annotations.NullMarked;
