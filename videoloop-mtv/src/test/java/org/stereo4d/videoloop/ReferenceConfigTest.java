package org.stereo4d.videoloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.videoloop.data.LongExposure;
import org.stereo4d.videoloop.loss.LoopLossOptions;
import org.stereo4d.videoloop.train.LoopStageOptions;
import org.stereo4d.videoloop.train.StaticStageOptions;

class ReferenceConfigTest {
  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void options_baseAndScene_sceneOverrides() throws Exception {
    Path base =
        file(
            "base.txt",
            """
            # the base
            lrate = 0.05
            scale_invariant   # a flag
            i_weight = 60     # cut short
            vid2img_mode = average
            mpi_d = 16
            atlas_grid_h=2
            """);
    Path scene = file("scene.txt", "lrate = 0.07\nsparsify_rmfirstlayer = 3\nnear_factor = 0.98\n");
    ReferenceConfig config = ReferenceConfig.read(List.of(base, scene)).with("factor = 4");
    StaticStageOptions still = config.still();
    assertThat(still.rate()).isEqualTo(0.07);
    assertThat(still.planes().planes()).isEqualTo(16);
    assertThat(still.exposure()).isEqualTo(LongExposure.AVERAGE);
    assertThat(still.cull().removedNearPlanes()).isEqualTo(3);
    assertThat(config.bounds().near()).isEqualTo(0.98);
    assertThat(config.factor()).isEqualTo(4);
    assertThat(config.value("i_weights")).contains("60");
  }

  @Test
  void options_stage2_givesBothLosses() throws Exception {
    Path file =
        file(
            "stage2.txt",
            """
            mpv_frm_num = 60
            test_view_idx = 0
            loss_ref_idx = 1,6
            swd_patch_size_ref = 9
            swd_alpha = 10000
            swd_alpha_ref = 0.005
            swd_rou = mse
            pyr_num_epoch = 7
            """);
    ReferenceConfig config = ReferenceConfig.read(List.of(file));
    LoopOptions options = ReferenceConfig.options(config, config);
    LoopStageOptions loop = options.loop();
    assertThat(options.heldOutViews()).containsExactly(0);
    assertThat(loop.referenceViews()).containsExactly(1, 6);
    assertThat(loop.frames()).isEqualTo(60);
    assertThat(loop.epochsPerLevel()).isEqualTo(7);
    assertThat(loop.referenceLoss().match().patchPx()).isEqualTo(9);
    assertThat(loop.referenceLoss().match().completeness()).isEqualTo(0.005);
    assertThat(loop.referenceLoss().gain()).isEqualTo(3.5);
    assertThat(loop.otherLoss().match().normalizes()).isFalse();
    assertThat(loop.otherLoss().penalty().value(0.5)).isEqualTo(0.25);
  }

  @Test
  void options_emptyFile_areTheBaseConfiguration() throws Exception {
    ReferenceConfig config = ReferenceConfig.read(List.of(file("empty.txt", "\n# nothing\n")));
    assertThat(config.still()).isEqualTo(StaticStageOptions.DEFAULTS);
    assertThat(config.loop().otherLoss()).isEqualTo(LoopLossOptions.OTHER_VIEW);
    assertThat(config.loop().referenceLoss()).isEqualTo(LoopLossOptions.REFERENCE_VIEW);
  }

  @Test
  void read_unknownAmbiguousOrWrong_namesPlaceAndKey() throws Exception {
    Path unknown = file("unknown.txt", "lrate = 1\nno_such_key = 3\n");
    assertThatThrownBy(() -> ReferenceConfig.read(List.of(unknown)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("unknown.txt")
        .hasMessageContaining("no_such_key");
    Path ambiguous = file("ambiguous.txt", "patch = 3\n");
    assertThatThrownBy(() -> ReferenceConfig.read(List.of(ambiguous)))
        .hasMessageContaining("patch_h_size");
    ReferenceConfig wrong = ReferenceConfig.read(List.of(file("wrong.txt", "mpi_d = many\n")));
    assertThatThrownBy(wrong::still)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mpi_d")
        .hasMessageContaining("many");
  }
}
