/**
 * Stereo layout and spherical projection in video containers: MP4 / QuickTime and Matroska / WebM.
 *
 * <p>{@link org.stereo4d.io.container.SphericalVideo} reads {@link
 * org.stereo4d.io.container.SphericalMetadata} of the first video track and writes a copy of a file
 * with other metadata. Pictures and sound are copied byte for byte, never decoded.
 *
 * <h2>MP4</h2>
 *
 * Boxes of Spherical Video V2, big endian, in the video sample entry before {@code pasp} and {@code
 * clap}:
 *
 * <pre>
 * st3d  u8 version, u24 flags, u8 stereo mode: 0 mono, 1 top-bottom, 2 left-right, 3 by mesh, 4 right-left
 * sv3d { svhd  zero-terminated name of the tool
 *        proj { prhd  yaw, pitch, roll in 16.16 degrees
 *               equi  top, bottom, left, right: cropped fraction in 0.32
 *             | cbmp  layout, padding
 *             | mshp  CRC-32, encoding 'raw ' or 'dfl8', meshes } } }
 * </pre>
 *
 * When {@code moov} grows in front of media, an adjacent {@code free} box takes the growth if it
 * can; else every absolute offset behind it ({@code stco}, {@code co64}, {@code saio}, {@code
 * tfhd}, {@code tfra}) moves along, 32-bit tables becoming 64-bit ones where they must.
 *
 * <h2>Matroska</h2>
 *
 * {@code StereoMode} and {@code Projection} in the {@code Video} element. When {@code Tracks}
 * grows, a {@code Void} in front of the clusters takes the growth if it can; else {@code SeekHead},
 * {@code Cues} and cluster positions move along. CRC-32 elements of what changed are renewed.
 *
 * <p>References: Spherical Video V2 RFC (google/spatial-media), ISO/IEC 14496-12, RFC 8794 (EBML),
 * RFC 9559 (Matroska). Multi-view HEVC is not written.
 */
@NullMarked
package org.stereo4d.io.container;

import org.jspecify.annotations.NullMarked;
