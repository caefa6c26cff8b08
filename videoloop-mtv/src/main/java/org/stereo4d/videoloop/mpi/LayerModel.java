package org.stereo4d.videoloop.mpi;

import org.stereo4d.run.Check;

/**
 * A layered scene: where texels are and what they hold. Also the shape of its gradient.
 *
 * @param map where the points of planes are stored
 * @param still texels that do not change, one frame
 * @param moving texels that change, one or more frames; no rows when nothing moves
 */
public record LayerModel(LayerMap map, TextureStack still, TextureStack moving) {
  /** Checks that the stacks fit together. */
  public LayerModel {
    Check.that(still.frames() == 1, "still texels must have 1 frame, had %s", still.frames());
    Check.that(
        still.channels() == moving.channels() && still.channels() >= 4,
        "stacks must have the same channels, at least 4, had %s and %s",
        still.channels(),
        moving.channels());
  }

  /** A dense model without moving texels. */
  public static LayerModel dense(PlaneGeometry geometry, TextureStack atlas) {
    Check.that(
        atlas.width() == geometry.atlasSize().width()
            && atlas.height() == geometry.atlasSize().height(),
        "atlas must be %s, was %sx%s",
        geometry.atlasSize(),
        atlas.width(),
        atlas.height());
    return new LayerModel(
        new DenseLayers(geometry), atlas, TextureStack.create(1, 0, atlas.channels(), 1));
  }

  /** Frames of the moving texels. */
  public int frames() {
    return moving.frames();
  }

  /** The same shape, all zero: a gradient to add to. */
  public LayerModel zeros() {
    return new LayerModel(map, still.zeros(), moving.zeros());
  }

  /** A copy of the texels. */
  public LayerModel copy() {
    return new LayerModel(map, still.copy(), moving.copy());
  }
}
