package org.stereo4d.synthetic.scene;

import org.stereo4d.track.Tracks2d;
import org.stereo4d.track.Tracks3d;

/**
 * Exact tracks of surface points.
 *
 * @param tracks2d places in the picture, also of hidden points where the camera could project them;
 *     visible when inside the picture with nothing before them. A point of the sky moves as
 *     infinitely far points do
 * @param tracks3d world points where visible; empty for points of the sky
 * @param everywhere world points at every frame, seen or not; empty for points of the sky
 * @param object index of the body of each track, {@link SurfaceMap#SKY} for the sky
 */
@SuppressWarnings("ArrayRecordComponent") // one number per track, shared like the tracks' arrays
public record TrueTracks(Tracks2d tracks2d, Tracks3d tracks3d, Tracks3d everywhere, int[] object) {}
