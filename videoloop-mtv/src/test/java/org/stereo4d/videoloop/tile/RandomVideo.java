package org.stereo4d.videoloop.tile;

import java.util.Random;
import java.util.stream.IntStream;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.videoloop.mpi.LayerModel;
import org.stereo4d.videoloop.mpi.PlaneGeometry;
import org.stereo4d.videoloop.mpi.TextureStack;
import org.stereo4d.videoloop.mpi.TileLayers;

/** Multi-tile videos of any shape with any texels, at full detail. */
public final class RandomVideo {
  private RandomVideo() {}

  /** The video of a seed; it has at least one tile of each kind, and quads without a tile. */
  public static MultiTileVideo of(int seed) {
    Random random = new Random(seed);
    ImageSize size = new ImageSize(20 + random.nextInt(20), 16 + random.nextInt(16));
    PinholeCamera camera = new PinholeCamera(size, 30, 30, size.width() / 2.0, size.height() / 2.0);
    int rows = 1 + random.nextInt(2);
    PlaneGeometry geometry =
        new PlaneGeometry(
            camera,
            Rigid3.IDENTITY,
            1,
            4 + random.nextInt(5),
            2 * rows,
            PlaneGeometry.scaledPlane(size, 1.3, 1.2),
            3 + random.nextInt(3),
            3 + random.nextInt(3),
            rows);
    int[] kind = random.ints(geometry.quads(), 0, 3).toArray();
    kind[0] = 0;
    kind[1] = 1;
    kind[2] = 2;
    int[] still = quads(kind, 0);
    int[] moving = quads(kind, 1);
    int height = 2 + random.nextInt(8);
    int width = 2 + random.nextInt(8);
    TileLayers map = new TileLayers(geometry, height, width, still, moving);
    TextureStack calm = random(width, height * still.length, 1, random);
    TextureStack lively = random(width, height * moving.length, 2 + random.nextInt(3), random);
    return new MultiTileVideo(new LayerModel(map, calm, lively), height, width);
  }

  private static int[] quads(int[] kind, int wanted) {
    return IntStream.range(0, kind.length).filter(quad -> kind[quad] == wanted).toArray();
  }

  private static TextureStack random(int width, int height, int frames, Random random) {
    TextureStack out = TextureStack.create(width, height, 4, frames);
    for (int i = 0; i < out.values().length; i++) {
      out.values()[i] = (float) (2 * random.nextGaussian());
    }
    return out;
  }
}
