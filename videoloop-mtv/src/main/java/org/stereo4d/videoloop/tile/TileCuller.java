package org.stereo4d.videoloop.tile;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;
import org.stereo4d.videoloop.mpi.LayerModel;
import org.stereo4d.videoloop.mpi.PlaneGeometry;
import org.stereo4d.videoloop.mpi.Sigmoid;
import org.stereo4d.videoloop.mpi.TextureStack;
import org.stereo4d.videoloop.mpi.TileLayers;

/** Turns a dense layered scene into tiles. The package documentation has the rules. */
public final class TileCuller {
  /** Raw alpha and label before training. */
  public static final float INITIAL = -3;

  private static final float NEVER_SEEN = -10;
  private static final int EXTRA_DILATIONS = 2;

  private final CullOptions options;

  /** A culler. */
  public TileCuller(CullOptions options) {
    this.options = options;
  }

  /**
   * The tiles of a dense atlas, moving ones with one frame.
   *
   * @param atlas raw colour, alpha and label; five channels
   * @throws IllegalArgumentException if no quad is left
   */
  public MultiTileVideo cull(PlaneGeometry geometry, TextureStack atlas) {
    Check.that(atlas.channels() == 5, "atlas must have 5 channels, had %s", atlas.channels());
    Atlas grid = new Atlas(geometry, atlas);
    float[] alpha = opened(atlas, 3, EXTRA_DILATIONS);
    float[] label = opened(atlas, 4, 0);
    float[] largestAlpha = new float[geometry.quads()];
    float[] largestLabel = new float[geometry.quads()];
    int removed =
        options.removedNearPlanes()
            * (options.compatible()
                ? geometry.vertexRows() * geometry.vertexColumns()
                : geometry.quadsPerPlane());
    Parallel.blocks(
        geometry.quads(),
        64,
        (start, end) -> {
          for (int quad = start; quad < end; quad++) {
            largestAlpha[quad] = quad < removed ? 0 : grid.largest(alpha, quad);
            largestLabel[quad] = grid.largest(label, quad);
          }
        });
    int[] still = quads(largestAlpha, largestLabel, false);
    int[] moving = quads(largestAlpha, largestLabel, true);
    Check.that(
        still.length + moving.length > 0,
        "some tile must have alpha above %s, the largest was %s: lower alphaThreshold, remove fewer"
            + " near planes or train longer",
        options.alphaThreshold(),
        IntStream.range(0, largestAlpha.length).mapToDouble(q -> largestAlpha[q]).max().orElse(0));
    TileLayers map = new TileLayers(geometry, grid.tileHeight, grid.tileWidth, still, moving);
    LayerModel model = new LayerModel(map, grid.cut(still), grid.cut(moving));
    return new MultiTileVideo(model, grid.tileHeight, grid.tileWidth);
  }

  private int[] quads(float[] alpha, float[] label, boolean moving) {
    return IntStream.range(0, alpha.length)
        .filter(
            quad ->
                alpha[quad] > options.alphaThreshold()
                    && label[quad] > options.loopThreshold() == moving)
        .toArray();
  }

  /** A channel after the logistic function, eroded and dilated. */
  private float[] opened(TextureStack atlas, int channel, int extraDilations) {
    int area = atlas.width() * atlas.height();
    float[] out = new float[area];
    for (int i = 0; i < area; i++) {
      float raw = atlas.values()[i * atlas.channels() + channel];
      out[i] = Sigmoid.of(raw == INITIAL ? NEVER_SEEN : raw);
    }
    for (int n = 0; n < options.erosions(); n++) {
      out = extreme(out, atlas.width(), atlas.height(), false);
    }
    for (int n = 0; n < options.erosions() + extraDilations; n++) {
      out = extreme(out, atlas.width(), atlas.height(), true);
    }
    return out;
  }

  /** Largest or smallest of 3x3, zeros outside. */
  private static float[] extreme(float[] in, int width, int height, boolean largest) {
    float[] rows = new float[in.length];
    float[] out = new float[in.length];
    Parallel.rows(
        height,
        (start, end) -> {
          for (int i = start * width; i < end * width; i++) {
            float left = i % width > 0 ? in[i - 1] : 0;
            float right = i % width < width - 1 ? in[i + 1] : 0;
            rows[i] = extreme(left, in[i], right, largest);
          }
        });
    Parallel.rows(
        height,
        (start, end) -> {
          for (int i = start * width; i < end * width; i++) {
            float above = i >= width ? rows[i - width] : 0;
            float below = i < rows.length - width ? rows[i + width] : 0;
            out[i] = extreme(above, rows[i], below, largest);
          }
        });
    return out;
  }

  private static float extreme(float a, float b, float c, boolean largest) {
    return largest ? Math.max(a, Math.max(b, c)) : Math.min(a, Math.min(b, c));
  }

  /** Resamples quads of an atlas. */
  private static final class Atlas {
    final int tileHeight;
    final int tileWidth;
    private final PlaneGeometry geometry;
    private final TextureStack atlas;

    Atlas(PlaneGeometry geometry, TextureStack atlas) {
      this.geometry = geometry;
      this.atlas = atlas;
      this.tileHeight = (int) Math.max(2, Math.rint(stepY()));
      this.tileWidth = (int) Math.max(2, Math.rint(stepX()));
    }

    private double planeY() {
      return (atlas.height() - 1.0) / geometry.atlasRows();
    }

    private double planeX() {
      return (atlas.width() - 1.0) / geometry.atlasColumns();
    }

    private double stepY() {
      return planeY() / (geometry.vertexRows() - 1);
    }

    private double stepX() {
      return planeX() / (geometry.vertexColumns() - 1);
    }

    private double y(int quad, int row) {
      int plane = quad / geometry.quadsPerPlane();
      int i = quad % geometry.quadsPerPlane() / (geometry.vertexColumns() - 1);
      int atlasRow = plane / geometry.atlasColumns();
      return atlasRow * planeY() + (i + row / (tileHeight - 1.0)) * stepY();
    }

    private double x(int quad, int column) {
      int plane = quad / geometry.quadsPerPlane();
      int j = quad % (geometry.vertexColumns() - 1);
      return plane % geometry.atlasColumns() * planeX()
          + (j + column / (tileWidth - 1.0)) * stepX();
    }

    float largest(float[] values, int quad) {
      float largest = 0;
      for (int row = 0; row < tileHeight; row++) {
        for (int column = 0; column < tileWidth; column++) {
          largest = Math.max(largest, sample(values, 1, 0, x(quad, column), y(quad, row)));
        }
      }
      return largest;
    }

    TextureStack cut(int[] quads) {
      TextureStack out = TextureStack.create(tileWidth, tileHeight * quads.length, 4, 1);
      Parallel.blocks(
          quads.length,
          16,
          (start, end) -> {
            for (int q = start; q < end; q++) {
              cut(quads[q], q * tileHeight * tileWidth * 4, out.values());
            }
          });
      return out;
    }

    private void cut(int quad, int first, float[] out) {
      int to = first;
      for (int row = 0; row < tileHeight; row++) {
        for (int column = 0; column < tileWidth; column++) {
          double x = x(quad, column);
          double y = y(quad, row);
          for (int c = 0; c < 4; c++, to++) {
            out[to] = sample(atlas.values(), atlas.channels(), c, x, y);
          }
        }
      }
    }

    /** Bilinear, zeros outside. */
    private float sample(float[] values, int channels, int c, double x, double y) {
      int x0 = (int) Math.floor(x);
      int y0 = (int) Math.floor(y);
      double right = x - x0;
      double below = y - y0;
      return (float)
          ((1 - below) * (1 - right) * at(values, channels, c, x0, y0)
              + (1 - below) * right * at(values, channels, c, x0 + 1, y0)
              + below * (1 - right) * at(values, channels, c, x0, y0 + 1)
              + below * right * at(values, channels, c, x0 + 1, y0 + 1));
    }

    private float at(float[] values, int channels, int c, int x, int y) {
      boolean inside = x >= 0 && y >= 0 && x < atlas.width() && y < atlas.height();
      return inside ? values[(y * atlas.width() + x) * channels + c] : 0;
    }
  }

  /**
   * The atlas before training: colours at random in [0, 1), alpha and label at their initial value.
   */
  public static TextureStack initialAtlas(PlaneGeometry geometry, long seed) {
    TextureStack out =
        TextureStack.create(geometry.atlasSize().width(), geometry.atlasSize().height(), 5, 1);
    SplittableRandom random = new SplittableRandom(seed);
    Arrays.fill(out.values(), INITIAL);
    for (int i = 0; i < out.values().length; i += 5) {
      for (int c = 0; c < 3; c++) {
        out.values()[i + c] = (float) random.nextDouble();
      }
    }
    return out;
  }
}
