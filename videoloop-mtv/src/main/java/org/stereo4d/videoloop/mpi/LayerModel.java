package org.stereo4d.videoloop.mpi;

import org.stereo4d.run.Check;

/**
 * A layered scene: where texels are and what they hold. Also the shape of its gradient.
 *
 * @param map where the points of planes are stored
 * @param still texels that do not change, one frame
 * @param moving texels that change, one or more frames; no rows when nothing moves
 * @param activation what interpolated texels pass through
 */
public record LayerModel(
    LayerMap map, TextureStack still, TextureStack moving, Activation activation) {
  /** Checks that the stacks fit together. */
  public LayerModel {
    Check.that(still.frames() == 1, "still texels must have 1 frame, had %s", still.frames());
    Check.that(
        still.channels() == moving.channels() && still.channels() >= 4,
        "stacks must have the same channels, at least 4, had %s and %s",
        still.channels(),
        moving.channels());
  }

  /** A model of raw texels. */
  public LayerModel(LayerMap map, TextureStack still, TextureStack moving) {
    this(map, still, moving, Activation.LOGISTIC);
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
    return new LayerModel(map, still.zeros(), moving.zeros(), activation);
  }

  /** A copy of the texels. */
  public LayerModel copy() {
    return new LayerModel(map, still.copy(), moving.copy(), activation);
  }

  /** The same scene with texels that are already in [0, 1], as an exported viewer shows it. */
  public LayerModel activated() {
    return new LayerModel(
        map,
        still.map(Activation.NONE, activation),
        moving.map(Activation.NONE, activation),
        Activation.NONE);
  }

  /** The same scene with colours in [0, 1] and raw alpha. */
  public LayerModel withLinearColor() {
    return new LayerModel(
        map,
        still.map(Activation.LINEAR_COLOR, activation),
        moving.map(Activation.LINEAR_COLOR, activation),
        Activation.LINEAR_COLOR);
  }

  /** The same scene with raw texels only. */
  public LayerModel withRawTexels() {
    return new LayerModel(
        map,
        still.map(Activation.LOGISTIC, activation),
        moving.map(Activation.LOGISTIC, activation),
        Activation.LOGISTIC);
  }
}
