package org.stereo4d.videoloop.export;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Check;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;
import org.stereo4d.videoloop.mpi.TextureStack;
import org.stereo4d.videoloop.render.MtvRenderer;
import org.stereo4d.videoloop.tile.MultiTileVideo;
import org.stereo4d.videoloop.tile.TileLayout;

/**
 * Writes the files of a viewer. Every file appears when it is complete, {@code meta.json} last, so
 * a folder with it holds all of them.
 */
public final class ViewerExport {
  /** File name of the page. */
  public static final String PAGE = "index.html";

  private final ExportOptions options;

  /** An export. */
  public ViewerExport(ExportOptions options) {
    this.options = options;
  }

  /**
   * Writes a video.
   *
   * @param folder created if need be
   * @param progress called after each texture; FINISH leaves the folder without {@code meta.json}
   * @throws IllegalArgumentException if the tiles do not fit a texture
   */
  public void write(MultiTileVideo video, ViewerMeta meta, Path folder, Progress progress)
      throws IOException {
    int height = video.map().tileHeight();
    int width = video.map().tileWidth();
    TileLayout still = layout(video.stillTiles(), height, width);
    TileLayout moving = layout(video.movingTiles(), height, width);
    text(folder.resolve("geometry.obj"), new TileMesh(video, still, moving).toObj());
    PngImage.of(texture(still.pack(video.layers().still(), height), 0))
        .write(folder.resolve("static.png"));
    TextureStack packed = moving.pack(video.layers().moving(), height);
    for (int t = 0; t < video.frames(); t++) {
      PngImage.of(texture(packed, t))
          .write(folder.resolve("dynamic").resolve(String.format(Locale.ROOT, "%04d.png", t)));
      if (progress.finishAfter(Step.of("export", t + 1, video.frames()))) {
        return;
      }
    }
    if (options.includeViewer()) {
      text(folder.resolve(PAGE), page());
    }
    text(folder.resolve("meta.json"), meta.toJson(video.frames()));
  }

  private TileLayout layout(int tiles, int height, int width) {
    TileLayout natural = options.tightPacking() ? TileLayout.tight(tiles) : TileLayout.of(tiles);
    int most = options.maxTexturePx();
    if (natural.rows() * height <= most && natural.columns() * width <= most) {
      return natural;
    }
    int columns = most / width;
    int rows = columns == 0 ? 0 : (tiles + columns - 1) / columns;
    Check.that(
        columns > 0 && rows * height <= most,
        "%s tiles of %sx%s must fit a texture of maxTexturePx %s: raise it, cull more tiles or"
            + " export a lower level of detail",
        tiles,
        width,
        height,
        most);
    return new TileLayout(tiles, rows, columns);
  }

  private static ByteImage texture(TextureStack stack, int frame) {
    if (stack.height() == 0) {
      return ByteImage.create(new ImageSize(1, 1), 4);
    }
    FloatImage picture = stack.activated(frame);
    return MtvRenderer.toBytes(picture);
  }

  private static void text(Path file, String content) throws IOException {
    AtomicOutput.write(file, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
  }

  /** The page of the viewer. */
  static String page() throws IOException {
    try (InputStream in = ViewerExport.class.getResourceAsStream("viewer.html")) {
      if (in == null) {
        throw new IOException("viewer.html: missing beside " + ViewerExport.class.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
