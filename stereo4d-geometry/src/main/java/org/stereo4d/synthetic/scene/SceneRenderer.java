package org.stereo4d.synthetic.scene;

import java.util.Arrays;
import java.util.List;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.Check;
import org.stereo4d.run.Parallel;
import org.stereo4d.synthetic.scene.Snapshot.Hit;

/**
 * Draws a scene. Immutable and thread-safe; the same bits on any number of threads.
 *
 * @param scene what is drawn
 */
public record SceneRenderer(SyntheticScene scene) {
  /** A sharp picture without noise, RGB, mostly within [0, 1]; 0 where the camera sees nothing. */
  public FloatImage draw(View view) {
    return draw(List.of(view));
  }

  /**
   * The mean of several pictures: motion blur when they follow each other within an exposure.
   *
   * @param exposure at least one view, all of one size
   */
  public FloatImage draw(List<View> exposure) {
    FloatImage out = FloatImage.create(sizeOf(exposure), 3);
    draw(
        exposure,
        (x0, y0, w, h, rgb) -> {
          for (int y = 0; y < h; y++) {
            System.arraycopy(rgb, 3 * y * w, out.array(), out.index(x0, y0 + y), 3 * w);
          }
        });
    return out;
  }

  /** Colour at any raster point, without the smoothing of outlines. */
  public float[] colorAt(View view, double xPx, double yPx) {
    Snapshot snapshot = new Snapshot(scene, view.timeSeconds());
    double[] ray = new double[6];
    double pixelRadians = new PixelRays(view).ray(xPx, yPx, ray);
    Hit hit = new Hit();
    snapshot.cast(ray, hit);
    return Arrays.copyOf(new Shading().colorOf(snapshot, ray, hit, pixelRadians), 3);
  }

  private static ImageSize sizeOf(List<View> exposure) {
    Check.that(!exposure.isEmpty(), "an exposure needs at least one view, had %s", 0);
    ImageSize size = exposure.get(0).camera().size();
    Check.that(
        exposure.stream().allMatch(v -> v.camera().size().equals(size)),
        "views of an exposure must have one size, the first was %s",
        size);
    return size;
  }

  /** Takes finished blocks of pixels; called from several threads. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes a block.
     *
     * @param rgb colours row after row; the array may be longer and is used again afterwards
     */
    void accept(int x0, int y0, int width, int height, float[] rgb);
  }

  /**
   * Draws the mean of several pictures into a sink, without memory for a whole picture.
   *
   * @param exposure at least one view, all of one size
   */
  public void draw(List<View> exposure, Sink sink) {
    ImageSize size = sizeOf(exposure);
    Snapshot[] snapshots = new Snapshot[exposure.size()];
    PixelRays[] rays = new PixelRays[exposure.size()];
    for (int i = 0; i < rays.length; i++) {
      snapshots[i] = new Snapshot(scene, exposure.get(i).timeSeconds());
      rays[i] = new PixelRays(exposure.get(i));
    }
    Parallel.blocks(
        (size.height() + Tile.SIDE - 1) / Tile.SIDE,
        1,
        (from, to) -> {
          Tile tile = new Tile();
          for (int y0 = from * Tile.SIDE; y0 < Math.min(size.height(), to * Tile.SIDE); ) {
            int h = Math.min(Tile.SIDE, size.height() - y0);
            for (int x0 = 0; x0 < size.width(); x0 += Tile.SIDE) {
              int w = Math.min(Tile.SIDE, size.width() - x0);
              tile.start(w, h);
              for (int i = 0; i < rays.length; i++) {
                tile.add(snapshots[i], rays[i], x0, y0, 1f / rays.length);
              }
              sink.accept(x0, y0, w, h, tile.color());
            }
            y0 += h;
          }
        });
  }
}
