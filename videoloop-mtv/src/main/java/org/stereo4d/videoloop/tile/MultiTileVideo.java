package org.stereo4d.videoloop.tile;

import java.util.SplittableRandom;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;
import org.stereo4d.videoloop.mpi.LayerModel;
import org.stereo4d.videoloop.mpi.PlaneGeometry;
import org.stereo4d.videoloop.mpi.Sigmoid;
import org.stereo4d.videoloop.mpi.TextureStack;
import org.stereo4d.videoloop.mpi.TileLayers;

/**
 * A 3D video of still and moving tiles.
 *
 * @param layers texels and where they belong; its map is a {@link TileLayers}
 * @param fullTileHeight rows of a tile at full detail; {@code >= 2}
 * @param fullTileWidth columns of a tile at full detail; {@code >= 2}
 */
public record MultiTileVideo(LayerModel layers, int fullTileHeight, int fullTileWidth) {
  /** Checks that texels and tiles agree. */
  public MultiTileVideo {
    Check.that(layers.map() instanceof TileLayers, "layers must be tiles, were %s", layers.map());
    Check.that(
        fullTileHeight >= 2 && fullTileWidth >= 2,
        "full tiles must be at least 2x2, were %sx%s",
        fullTileWidth,
        fullTileHeight);
    TileLayers map = (TileLayers) layers.map();
    check("still", layers.still(), map, map.stillQuads().length);
    check("moving", layers.moving(), map, map.movingQuads().length);
  }

  private static void check(String name, TextureStack stack, TileLayers map, int tiles) {
    Check.that(
        stack.width() == map.tileWidth() && stack.height() == tiles * map.tileHeight(),
        "%s texels must be %s tiles of %sx%s, were %sx%s",
        name,
        tiles,
        map.tileWidth(),
        map.tileHeight(),
        stack.width(),
        stack.height());
    Check.that(stack.channels() == 4, "%s texels must have 4 channels", name);
  }

  /** The tiles. */
  public TileLayers map() {
    return (TileLayers) layers.map();
  }

  /** The planes. */
  public PlaneGeometry geometry() {
    return map().geometry();
  }

  /** T, frames of the loop. */
  public int frames() {
    return layers.frames();
  }

  /** Number of tiles that do not change. */
  public int stillTiles() {
    return map().stillQuads().length;
  }

  /** Number of tiles that change. */
  public int movingTiles() {
    return map().movingQuads().length;
  }

  /** Number of raw values. */
  public long parameters() {
    return (long) layers.still().values().length + layers.moving().values().length;
  }

  /**
   * Share of the sum of all texels' alpha that lies on the nearest plane, in [0, 1]. Much of it,
   * say 5 percent, means that the plane collects what the views disagree about: remove it with
   * {@link CullOptions#removedNearPlanes}.
   */
  public double nearestPlaneShare() {
    double[] sums = new double[2]; // of the nearest plane, of all
    addAlpha(layers.still(), map().stillQuads(), sums);
    addAlpha(layers.moving(), map().movingQuads(), sums);
    return sums[1] == 0 ? 0 : sums[0] / sums[1];
  }

  private void addAlpha(TextureStack stack, int[] quads, double[] sums) {
    int texels = map().tileHeight() * map().tileWidth();
    for (int i = 0; i < quads.length * texels; i++) {
      double alpha = Sigmoid.of(stack.values()[(4 * i + 3) * stack.frames()]);
      sums[1] += alpha;
      sums[0] += quads[i / texels] < geometry().quadsPerPlane() ? alpha : 0;
    }
  }

  /**
   * The first frame repeated, with noise on the raw values of moving tiles. Without noise, most
   * settings of the looping loss never leave the still solution.
   *
   * @param frames T; {@code >= 2}
   * @param noiseSigma standard deviation of the noise; {@code >= 0}. Paper and reference 0.02
   */
  public MultiTileVideo lifted(int frames, double noiseSigma, long seed) {
    Check.that(frames >= 2, "frames must be >= 2, was %s", frames);
    Check.that(noiseSigma >= 0, "noiseSigma must be >= 0, was %s", noiseSigma);
    TextureStack from = layers.moving();
    TextureStack to = TextureStack.create(from.width(), from.height(), from.channels(), frames);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < from.values().length / from.frames(); i++) {
      float value = from.values()[i * from.frames()];
      for (int t = 0; t < frames; t++) {
        to.values()[i * frames + t] = value + (float) (noiseSigma * gauss(random));
      }
    }
    return with(new LayerModel(layers.map(), layers.still().copy(), to));
  }

  private static double gauss(SplittableRandom random) {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }

  /** The same video with other texels of the same tiles. */
  public MultiTileVideo with(LayerModel model) {
    return new MultiTileVideo(model, fullTileHeight, fullTileWidth);
  }

  /**
   * The video with tiles of {@code max(int(full * factor), 2)} texels. Every tile is resized by
   * itself: bilinear between texel centres, clamped at its border, without a filter.
   *
   * @param factor in (0, 1]
   */
  public MultiTileVideo atDetail(double factor) {
    Check.that(factor > 0 && factor <= 1, "factor must be in (0, 1], was %s", factor);
    int height = Math.max((int) (fullTileHeight * factor), 2);
    int width = Math.max((int) (fullTileWidth * factor), 2);
    TileLayers map = map();
    if (height == map.tileHeight() && width == map.tileWidth()) {
      return this;
    }
    TextureStack still = resized(layers.still(), stillTiles(), height, width);
    TextureStack moving = resized(layers.moving(), movingTiles(), height, width);
    return with(new LayerModel(map.withTile(height, width), still, moving));
  }

  private TextureStack resized(TextureStack in, int tiles, int height, int width) {
    int oldHeight = map().tileHeight();
    int oldWidth = map().tileWidth();
    TextureStack out = TextureStack.create(width, tiles * height, in.channels(), in.frames());
    int texel = in.channels() * in.frames();
    Parallel.blocks(
        tiles,
        8,
        (start, end) -> {
          for (int row = start * height; row < end * height; row++) {
            double y = Math.max(0, (row % height + 0.5) * oldHeight / height - 0.5);
            int y0 = Math.min((int) y, oldHeight - 1);
            int y1 = Math.min(y0 + 1, oldHeight - 1);
            int tile = row / height * oldHeight;
            for (int column = 0; column < width; column++) {
              double x = Math.max(0, (column + 0.5) * oldWidth / width - 0.5);
              int x0 = Math.min((int) x, oldWidth - 1);
              int x1 = Math.min(x0 + 1, oldWidth - 1);
              int[] from = {
                ((tile + y0) * oldWidth + x0) * texel,
                ((tile + y0) * oldWidth + x1) * texel,
                ((tile + y1) * oldWidth + x0) * texel,
                ((tile + y1) * oldWidth + x1) * texel
              };
              int to = (row * width + column) * texel;
              mix(in.values(), from, (float) (x - x0), (float) (y - y0), out.values(), to, texel);
            }
          }
        });
    return out;
  }

  private static void mix(
      float[] in, int[] from, float right, float below, float[] out, int to, int count) {
    for (int i = 0; i < count; i++) {
      float above = in[from[0] + i] + right * (in[from[1] + i] - in[from[0] + i]);
      float under = in[from[2] + i] + right * (in[from[3] + i] - in[from[2] + i]);
      out[to + i] = above + below * (under - above);
    }
  }
}
