package org.stereo4d.videoloop.export;

import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.videoloop.mpi.PlaneGeometry;
import org.stereo4d.videoloop.mpi.TextureStack;
import org.stereo4d.videoloop.tile.CullOptions;
import org.stereo4d.videoloop.tile.MultiTileVideo;
import org.stereo4d.videoloop.tile.TileCuller;

/** A video of gentle waves: the left half is still, the right half moves. */
final class SmoothVideo {
  static final ImageSize SIZE = new ImageSize(96, 64);
  static final PinholeCamera CAMERA = new PinholeCamera(SIZE, 80, 80, 48, 32);
  static final int FRAMES = 5;

  private SmoothVideo() {}

  static MultiTileVideo create() {
    PlaneGeometry geometry =
        new PlaneGeometry(
            CAMERA, Rigid3.IDENTITY, 1, 6, 4, PlaneGeometry.scaledPlane(SIZE, 1.4, 1.4), 9, 13, 2);
    TextureStack atlas = TileCuller.initialAtlas(geometry, 1);
    int width = atlas.width();
    int planeWidth = geometry.planeSize().width();
    int planeHeight = geometry.planeSize().height();
    for (int i = 0; i < width * atlas.height(); i++) {
      int x = i % width % planeWidth;
      int y = i / width % planeHeight;
      int plane = i / width / planeHeight * geometry.atlasColumns() + i % width / planeWidth;
      float[] v = atlas.values();
      for (int c = 0; c < 3; c++) {
        v[5 * i + c] = (float) (1.2 * Math.sin(0.06 * x * (c + 1) + 0.05 * y + plane));
      }
      boolean last = plane == geometry.planes() - 1;
      v[5 * i + 3] = last ? 6 : (float) (-1.5 + Math.sin(0.05 * x + 0.07 * y + 2 * plane));
      v[5 * i + 4] = x > planeWidth / 2 ? 5 : -5;
    }
    MultiTileVideo video =
        new TileCuller(CullOptions.DEFAULTS).cull(geometry, atlas).lifted(FRAMES, 0, 1);
    float[] moving = video.layers().moving().values();
    for (int i = 0; i < moving.length; i++) {
      int channel = i / FRAMES % 4;
      if (channel < 3) {
        moving[i] += (float) (0.8 * Math.sin(2 * Math.PI * (i % FRAMES) / FRAMES + channel));
      }
    }
    return video;
  }
}
