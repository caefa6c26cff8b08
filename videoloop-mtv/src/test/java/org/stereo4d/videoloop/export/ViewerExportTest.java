package org.stereo4d.videoloop.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.camera.Vec3;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Signal;
import org.stereo4d.videoloop.tile.MultiTileVideo;

class ViewerExportTest {
  private static final ViewerMeta META =
      new ViewerMeta(25, 40, 1, 6, new Vec3(0, -1, 0), new Vec3(0, 0, 3), new Vec3(1, 1, 1));

  @TempDir Path folder;

  @Test
  void write_smallDevice_packsTilesIntoItsTextures() throws Exception {
    MultiTileVideo video = SmoothVideo.create();
    ExportOptions natural = ExportOptions.DEFAULTS;
    new ViewerExport(natural).write(video, META, folder, Progress.NONE);
    ImageSize wide = PngImage.read(folder.resolve("static.png")).size();
    int limit = Math.max(wide.width(), wide.height()) - 8;
    new ViewerExport(natural.withMaxTexturePx(limit)).write(video, META, folder, Progress.NONE);
    ImageSize packed = PngImage.read(folder.resolve("static.png")).size();
    assertThat(packed.width()).isLessThanOrEqualTo(limit);
    assertThat(packed.height()).isLessThanOrEqualTo(limit);
  }

  @Test
  void write_tilesThatFitNoTexture_saysWhatHelps() {
    ViewerExport export = new ViewerExport(ExportOptions.DEFAULTS.withMaxTexturePx(16));
    assertThatThrownBy(() -> export.write(SmoothVideo.create(), META, folder, Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxTexturePx 16");
  }

  @Test
  void write_stoppedHalfway_leavesNoMetaAndTheServerRefuses() throws Exception {
    new ViewerExport(ExportOptions.DEFAULTS)
        .write(SmoothVideo.create(), META, folder, step -> Signal.FINISH);
    assertThat(folder.resolve("meta.json")).doesNotExist();
    assertThatThrownBy(() -> ViewerServer.start(folder, 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("meta.json");
  }
}
