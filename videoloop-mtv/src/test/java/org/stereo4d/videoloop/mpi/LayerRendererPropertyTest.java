package org.stereo4d.videoloop.mpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.camera.Rotation3;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ImageSize;

class LayerRendererPropertyTest {
  /** Float gradients against differences of a double computation, of the largest derivative. */
  private static final double GRADIENT_RELATIVE = 1e-4;

  private static final double STEP = 1e-5; // of a raw texel, in double
  private static final double ONE = 1 + 1e-6; // rounding of a sum of weights

  private static final double OPAQUE = 30; // raw alpha beyond the logistic function's last step
  private static final double COLOR = 2e-5; // float texels and the logistic function in float
  private static final double LEAK = 1e-6; // what the last bit of alpha lets through
  private static final double EDGE = 1e-6; // pixels: on the border, rounding decides

  private static final PinholeCamera LENS =
      new PinholeCamera(new ImageSize(13, 11), 12, 12.5, 6.2, 5.4);

  private final LayerRenderer renderer = new LayerRenderer();

  @Property(tries = 12)
  void render_anyScene_weightsStayWithinOne(@ForAll @IntRange(min = 0, max = 10_000) int seed) {
    LayerModel model = tiles(seed);
    Rendering out = renderer.render(model, view(model, seed));
    for (float alpha : out.alpha()) {
      assertThat((double) alpha).isBetween(0.0, ONE);
    }
    for (float color : out.color()) {
      assertThat((double) color).isBetween(0.0, ONE);
    }
  }

  /**
   * Raw texels rise evenly over the nearest plane, which bilinear interpolation reproduces, so the
   * colour follows from where a ray meets the plane; the planes behind hold anything.
   */
  @Property(tries = 12)
  void render_opaqueNearestPlane_showsItsTextureAndHidesAllBehind(
      @ForAll @IntRange(min = 0, max = 10_000) int seed) {
    Random random = new Random(seed);
    double[] slope = random.doubles(6, -0.3, 0.3).toArray(); // of raw colour per texel: x, then y
    LayerModel model = allTiles(seed);
    paintNearest(model, slope);
    LayerModel other = model.copy();
    float[] behind = other.still().values();
    for (int i = nearestValues(model); i < behind.length; i++) {
      behind[i] = (float) (5 * random.nextGaussian());
    }
    PlaneGeometry geometry = model.map().geometry();
    Rigid3 cameraFromWorld = pose(random);
    LayerView view = new LayerView(model.map(), LENS, cameraFromWorld);
    Rendering out = renderer.render(model, view);
    Rendering changed = renderer.render(other, view);
    int covered = 0;
    for (int y = 0; y < LENS.size().height(); y++) {
      for (int x = 0; x < LENS.size().width(); x++) {
        double[] texel = nearestTexel(geometry, cameraFromWorld, x + 0.5, y + 0.5);
        if (!isInside(texel, geometry.planeSize())) {
          continue;
        }
        covered++;
        int at = y * LENS.size().width() + x;
        assertThat((double) out.alpha()[at]).isCloseTo(1, within(COLOR));
        for (int c = 0; c < 3; c++) {
          double raw = slope[c] * texel[0] + slope[3 + c] * texel[1];
          int i = (y * 3 + c) * LENS.size().width() + x;
          assertThat((double) out.color()[i]).isCloseTo(1 / (1 + Math.exp(-raw)), within(COLOR));
          assertThat((double) changed.color()[i]).isCloseTo(out.color()[i], within(LEAK));
        }
      }
    }
    assertThat(covered).isGreaterThan(LENS.size().area() / 4);
  }

  private static LayerModel allTiles(int seed) {
    PlaneGeometry geometry = geometry();
    int[] all = java.util.stream.IntStream.range(0, geometry.quads()).toArray();
    TileLayers map = new TileLayers(geometry, 4, 5, all, new int[0]);
    return new LayerModel(
        map,
        random(TextureStack.create(5, 4 * all.length, 4, 1), seed),
        TextureStack.create(5, 0, 4, 1));
  }

  /** Values of the tiles of the nearest plane, which come first. */
  private static int nearestValues(LayerModel model) {
    return model.map().geometry().quadsPerPlane() * 4 * 5 * 4;
  }

  private static void paintNearest(LayerModel model, double[] slope) {
    PlaneGeometry geometry = model.map().geometry();
    int columns = geometry.vertexColumns() - 1;
    double acrossQuad = (geometry.planeSize().width() - 1.0) / columns;
    double downQuad = (geometry.planeSize().height() - 1.0) / (geometry.vertexRows() - 1);
    for (int i = 0; i < nearestValues(model); i++) {
      int c = i % 4;
      int texel = i / 4 % 20;
      int quad = i / 80;
      double px = (quad % columns + texel % 5 / 4.0) * acrossQuad;
      double py = (quad / columns + texel / 5 / 3.0) * downQuad;
      double raw = c == 3 ? OPAQUE : slope[c] * px + slope[3 + c] * py;
      model.still().values()[i] = (float) raw;
    }
  }

  /** Where the ray through a pixel meets the nearest plane, in texels; empty if it does not. */
  private static double[] nearestTexel(
      PlaneGeometry geometry, Rigid3 cameraFromWorld, double xPx, double yPx) {
    Rigid3 worldFromCamera = cameraFromWorld.inverse();
    Vec3 eye = worldFromCamera.translation();
    Vec3 ray =
        worldFromCamera
            .rotation()
            .apply(
                new Vec3(
                    (xPx - LENS.centerXPx()) / LENS.focalXPx(),
                    (yPx - LENS.centerYPx()) / LENS.focalYPx(),
                    1));
    double depth = (geometry.nearBound() - eye.z()) / ray.z();
    Vec3 point = eye.plus(ray.times(depth));
    PinholeCamera reference = geometry.camera();
    return new double[] {
      point.x() * reference.focalXPx() / point.z() + reference.centerXPx() + geometry.padColumns(),
      point.y() * reference.focalYPx() / point.z() + reference.centerYPx() + geometry.padRows()
    };
  }

  private static boolean isInside(double[] texel, ImageSize plane) {
    return texel[0] > EDGE
        && texel[0] < plane.width() - 1 - EDGE
        && texel[1] > EDGE
        && texel[1] < plane.height() - 1 - EDGE;
  }

  @Property(tries = 6)
  void backward_anyScene_agreesWithDifferencesInDouble(
      @ForAll @IntRange(min = 0, max = 10_000) int seed) {
    for (LayerModel model : new LayerModel[] {dense(seed, 4), dense(seed, 5), tiles(seed)}) {
      LayerView view = view(model, seed);
      PixelGradient pixels = randomGradient(renderer.render(model, view), seed);
      LayerModel gradient = model.zeros();
      renderer.backward(model, view, pixels, SlotPenalties.NONE, gradient);
      DoubleRenderer exact = new DoubleRenderer(model, view, pixels);
      checkSome(gradient.still(), exact, false, seed);
      checkSome(gradient.moving(), exact, true, seed);
    }
  }

  private static void checkSome(
      TextureStack gradient, DoubleRenderer exact, boolean moving, int seed) {
    float[] values = gradient.values();
    double largest = 0;
    for (float g : values) {
      largest = Math.max(largest, Math.abs(g));
    }
    Random random = new Random(seed);
    for (int n = 0; n < 25 && values.length > 0; n++) {
      int i = random.nextInt(values.length);
      double difference = (exact.loss(moving, i, STEP) - exact.loss(moving, i, -STEP)) / (2 * STEP);
      assertThat((double) values[i]).isCloseTo(difference, within(GRADIENT_RELATIVE * largest));
    }
  }

  @Property(tries = 5)
  void backward_oneOrThreeThreads_sameBits(@ForAll @IntRange(min = 0, max = 10_000) int seed)
      throws Exception {
    for (LayerModel model : new LayerModel[] {dense(seed, 5), tiles(seed)}) {
      float[][] results = new float[2][];
      for (int i = 0; i < 2; i++) {
        ForkJoinPool pool = new ForkJoinPool(1 + 2 * i);
        results[i] = pool.submit(() -> allBits(model, seed)).get();
        pool.shutdown();
      }
      assertThat(results[1]).isEqualTo(results[0]);
    }
  }

  @Property(tries = 5)
  void trace_usedAgain_givesTheBitsOfTheRenderer(
      @ForAll @IntRange(min = 0, max = 10_000) int seed) {
    LayerTrace trace = new LayerTrace();
    SlotPenalties penalties = new SlotPenalties(0.1, 0.2, 0.3, 0, 1e-6);
    for (LayerModel model :
        new LayerModel[] {dense(seed, 5), dense(seed + 1, 5), tiles(seed), dense(seed, 4)}) {
      for (int turn = 0; turn < 2; turn++) {
        LayerView view = view(model, seed + turn);
        Rendering expected = renderer.render(model, view);
        Rendering actual = trace.render(model, view);
        assertThat(actual.color()).isEqualTo(expected.color());
        PixelGradient pixels = randomGradient(expected, seed);
        LayerModel slope = model.zeros();
        LayerModel traced = model.zeros();
        renderer.backward(model, view, pixels, penalties, slope);
        trace.backward(model, view, pixels, penalties, traced);
        assertThat(traced.still().values()).isEqualTo(slope.still().values());
        assertThat(traced.moving().values()).isEqualTo(slope.moving().values());
        LayerModel other = model.copy();
        assertThatThrownBy(() -> trace.backward(other, view, pixels, penalties, traced))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("rendered last");
      }
    }
  }

  private float[] allBits(LayerModel model, int seed) {
    LayerView view = view(model, seed);
    Rendering out = renderer.render(model, view);
    LayerModel gradient = model.zeros();
    SlotPenalties.Values values =
        renderer.backward(
            model,
            view,
            randomGradient(out, seed),
            new SlotPenalties(0.1, 0.2, 0.3, 0, 1e-6),
            gradient);
    float[] still = gradient.still().values();
    float[] moving = gradient.moving().values();
    float[] all = Arrays.copyOf(still, still.length + moving.length + out.color().length + 1);
    System.arraycopy(moving, 0, all, still.length, moving.length);
    System.arraycopy(out.color(), 0, all, still.length + moving.length, out.color().length);
    all[all.length - 1] = (float) values.colorSmooth();
    return all;
  }

  private static PixelGradient randomGradient(Rendering rendering, int seed) {
    PixelGradient pixels = PixelGradient.zeros(rendering);
    Random random = new Random(seed);
    for (float[] part :
        new float[][] {pixels.color(), pixels.alpha(), pixels.label(), pixels.inverseDepth()}) {
      for (int i = 0; i < part.length; i++) {
        part[i] = (float) random.nextGaussian();
      }
    }
    return pixels;
  }

  private static PlaneGeometry geometry() {
    ImageSize size = new ImageSize(14, 10);
    PinholeCamera camera = new PinholeCamera(size, 13, 13, 7, 5);
    return new PlaneGeometry(
        camera, Rigid3.IDENTITY, 1, 8, 4, PlaneGeometry.scaledPlane(size, 1.3, 1.3), 4, 5, 2);
  }

  private static LayerModel dense(int seed, int channels) {
    PlaneGeometry geometry = geometry();
    ImageSize atlas = geometry.atlasSize();
    return LayerModel.dense(
        geometry, random(TextureStack.create(atlas.width(), atlas.height(), channels, 1), seed));
  }

  private static LayerModel tiles(int seed) {
    PlaneGeometry geometry = geometry();
    Random random = new Random(seed);
    int[] kind = random.ints(geometry.quads(), 0, 3).toArray();
    int[] still = quads(kind, 0);
    int[] moving = quads(kind, 1);
    TileLayers map = new TileLayers(geometry, 4, 5, still, moving);
    return new LayerModel(
        map,
        random(TextureStack.create(5, 4 * still.length, 4, 1), seed),
        random(TextureStack.create(5, 4 * moving.length, 4, 3), seed + 1));
  }

  private static int[] quads(int[] kind, int wanted) {
    return java.util.stream.IntStream.range(0, kind.length)
        .filter(quad -> kind[quad] == wanted)
        .toArray();
  }

  private static TextureStack random(TextureStack stack, int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < stack.values().length; i++) {
      stack.values()[i] = (float) random.nextGaussian();
    }
    return stack;
  }

  private static LayerView view(LayerModel model, int seed) {
    return new LayerView(model.map(), LENS, pose(new Random(seed)));
  }

  private static Rigid3 pose(Random random) {
    return new Rigid3(
        Rotation3.ofYawPitchRollDegrees(
            4 * random.nextGaussian(), 4 * random.nextGaussian(), 6 * random.nextGaussian()),
        new Vec3(0.1 * random.nextGaussian(), 0.1 * random.nextGaussian(), 0.05));
  }
}
