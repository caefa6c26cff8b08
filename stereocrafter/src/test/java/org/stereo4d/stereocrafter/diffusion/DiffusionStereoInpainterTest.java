package org.stereo4d.stereocrafter.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.backend.BackendException;
import org.stereo4d.depth.DisparityMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.network.Device;
import org.stereo4d.network.Precision;
import org.stereo4d.stereocrafter.format.FitPolicy;
import org.stereo4d.stereocrafter.inpaint.WarpedFrame;
import org.stereo4d.stereocrafter.splat.RowSplatter;
import org.stereo4d.stereocrafter.splat.SplatOptions;

class DiffusionStereoInpainterTest {
  private static final ImageSize SIZE = new ImageSize(130, 70);
  private static final DiffusionOptions.Result WHOLE = DiffusionOptions.Result.WHOLE;

  /** Two roundings to levels and the single precision of noise levels up to 700. */
  private static final int LEVELS = 2;

  private static final SamplingOptions QUICK =
      SamplingOptions.DEFAULTS.withSteps(3).withGuidance(1, 1);
  private static final DiffusionOptions OPTIONS =
      DiffusionOptions.DEFAULTS.withChunks(new ChunkPlan(5, 2)).withSampling(QUICK);

  /** Noise of small contrast with a near square, as splatted. */
  private static WarpedFrame frame(ImageSize size, int t, double shift, boolean starts) {
    ByteImage source = ByteImage.create(size, 3);
    Random random = new Random(t);
    for (int i = 0; i < source.array().length; i++) {
      source.array()[i] = (byte) (60 + 5 * t + random.nextInt(30));
    }
    FloatImage px = FloatImage.create(size, 1);
    for (int y = 16; y < 56; y++) {
      Arrays.fill(px.array(), y * size.width() + 40, y * size.width() + 80, 24);
    }
    return new WarpedFrame(
        source,
        new RowSplatter(SplatOptions.DEFAULTS).splat(source, new DisparityMap(px), shift),
        shift,
        starts);
  }

  private static List<WarpedFrame> clip(int frames, double shift) {
    List<WarpedFrame> out = new ArrayList<>();
    for (int t = 0; t < frames; t++) {
      out.add(frame(SIZE, t, shift, t == 0));
    }
    return out;
  }

  private static List<ByteImage> fill(DiffusionStereoInpainter inpainter, List<WarpedFrame> clip) {
    List<ByteImage> out = new ArrayList<>();
    for (WarpedFrame frame : clip) {
      inpainter.accept(frame).ifPresent(out::add);
    }
    for (Optional<ByteImage> next = inpainter.flush(); next.isPresent(); next = inpainter.flush()) {
      out.add(next.get());
    }
    return out;
  }

  private static TorchScriptNetworks networks(Path folder) throws IOException {
    return TorchScriptNetworks.load(
        TinyNetworks.write(folder), DiffusionNetworks.Task.STEREO, Device.cpu(), Precision.FLOAT32);
  }

  /** What the tiny networks make: means of 8x8 pixels, a constant in cells that are holes. */
  private static ByteImage expected(WarpedFrame frame) {
    ByteImage view = FitPolicy.PAD_REFLECT.fit(frame.splat().image(), 128);
    ByteImage holes = FitPolicy.PAD_REFLECT.fit(frame.splat().holes().toImage(), 128);
    ByteImage out = ByteImage.create(view.size(), 3);
    for (int y = 0; y < view.height(); y++) {
      for (int x = 0; x < view.width(); x++) {
        int left = x / 8 * 8;
        int top = y / 8 * 8;
        boolean hole = holes.at(left, top, 0) > 0;
        for (int c = 0; c < 3; c++) {
          double sum = 0;
          for (int k = 0; k < 64; k++) {
            sum += view.at(left + k % 8, top + k / 8, c) / 64.0;
          }
          out.set(x, y, c, (int) Math.rint(hole ? 127.5 * (1 + TinyNetworks.HOLE) : sum));
        }
      }
    }
    return out.crop(0, 0, frame.source().size()).copy();
  }

  private static void assertNear(ByteImage actual, ByteImage expected, int levels) {
    assertThat(actual.size()).isEqualTo(expected.size());
    byte[] a = actual.contiguous();
    byte[] b = expected.contiguous();
    for (int i = 0; i < b.length; i++) {
      assertThat(Math.abs((a[i] & 0xff) - (b[i] & 0xff)))
          .as("value %s", i)
          .isLessThanOrEqualTo(levels);
    }
  }

  @Test
  void fill_wholePicture_isWhatTheNetworkMakes(@TempDir Path folder) throws IOException {
    try (TorchScriptNetworks networks = networks(folder)) {
      for (int frames : new int[] {1, 2, 5}) {
        List<WarpedFrame> clip = clip(frames, -1);
        List<ByteImage> out =
            fill(new DiffusionStereoInpainter(networks, OPTIONS.withResult(WHOLE)), clip);
        assertThat(out).hasSize(frames);
        for (int t = 0; t < frames; t++) {
          assertNear(out.get(t), expected(clip.get(t)), LEVELS);
        }
      }
    }
  }

  @Test
  void fill_holesOnly_leavesVisiblePixelsOfEveryChunk(@TempDir Path folder) throws IOException {
    try (TorchScriptNetworks networks = networks(folder)) {
      for (int frames : new int[] {4, 9}) {
        List<WarpedFrame> clip = clip(frames, -1);
        List<ByteImage> out = fill(new DiffusionStereoInpainter(networks, OPTIONS), clip);
        assertThat(out).hasSize(frames);
        for (int t = 0; t < frames; t++) {
          assertVisibleSame(clip.get(t), out.get(t));
        }
      }
    }
  }

  private static void assertVisibleSame(WarpedFrame frame, ByteImage out) {
    Mask near = frame.splat().holes();
    int inside = 0;
    boolean[] far = SoftHolesReach.of(near);
    for (int i = 0; i < far.length; i++) {
      for (int c = 3 * i; c < 3 * i + 3; c++) {
        if (far[i]) {
          assertThat(out.array()[c]).isEqualTo(frame.splat().image().array()[c]);
        } else if (near.array()[i]) {
          inside += frame.splat().image().array()[c] == out.array()[c] ? 0 : 1;
        }
      }
    }
    assertThat(inside).isGreaterThan(near.count()); // black holes were filled
  }

  /** Pixels more than three away from any hole. */
  private static final class SoftHolesReach {
    static boolean[] of(Mask holes) {
      ImageSize size = holes.size();
      boolean[] out = new boolean[size.area()];
      for (int i = 0; i < out.length; i++) {
        boolean far = true;
        for (int k = 0; k < 49 && far; k++) {
          int x = i % size.width() + k % 7 - 3;
          int y = i / size.width() + k / 7 - 3;
          far =
              x < 0
                  || y < 0
                  || x >= size.width()
                  || y >= size.height()
                  || !holes.array()[y * size.width() + x];
        }
        out[i] = far;
      }
      return out;
    }
  }

  @Test
  void fill_leftEye_isTheMirroredRightEye(@TempDir Path folder) throws IOException {
    try (TorchScriptNetworks networks = networks(folder)) {
      WarpedFrame right = frame(SIZE, 3, -1, true);
      ByteImage mirroredSource = mirrored(right.source());
      FloatImage px = FloatImage.create(SIZE, 1);
      for (int y = 16; y < 56; y++) {
        Arrays.fill(px.array(), y * SIZE.width() + 50, y * SIZE.width() + 90, 24);
      }
      WarpedFrame left =
          new WarpedFrame(
              mirroredSource,
              new RowSplatter(SplatOptions.DEFAULTS).splat(mirroredSource, new DisparityMap(px), 1),
              1,
              true);
      ByteImage fromRight =
          fill(new DiffusionStereoInpainter(networks, OPTIONS), List.of(right)).get(0);
      ByteImage fromLeft =
          fill(new DiffusionStereoInpainter(networks, OPTIONS), List.of(left)).get(0);
      assertNear(mirrored(fromLeft), fromRight, 1);
    }
  }

  private static ByteImage mirrored(ByteImage image) {
    ByteImage out = ByteImage.create(image.size(), 3);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        for (int c = 0; c < 3; c++) {
          out.set(image.width() - 1 - x, y, c, image.at(x, y, c));
        }
      }
    }
    return out;
  }

  @Test
  void fill_tiles_giveThePictureOfOne(@TempDir Path folder) throws IOException {
    ImageSize large = new ImageSize(384, 256);
    try (TorchScriptNetworks networks = networks(folder)) {
      List<WarpedFrame> clip = List.of(frame(large, 0, -1, true));
      DiffusionOptions one = OPTIONS.withResult(WHOLE);
      ByteImage whole = fill(new DiffusionStereoInpainter(networks, one), clip).get(0);
      ByteImage tiled = fill(new DiffusionStereoInpainter(networks, one.withTiles(2)), clip).get(0);
      assertNear(tiled, whole, LEVELS);
    }
  }

  @Test
  void fill_cut_endsTheRun(@TempDir Path folder) throws IOException {
    try (TorchScriptNetworks networks = networks(folder)) {
      List<WarpedFrame> two =
          List.of(frame(SIZE, 0, -1, true), frame(SIZE, 1, -1, false), frame(SIZE, 2, -1, true));
      List<ByteImage> out =
          fill(new DiffusionStereoInpainter(networks, OPTIONS.withResult(WHOLE)), two);
      assertThat(out).hasSize(3);
      assertNear(out.get(2), expected(two.get(2)), LEVELS);
    }
  }

  @Test
  void fill_sameSeed_sameBits(@TempDir Path folder) throws IOException {
    try (TorchScriptNetworks networks = networks(folder)) {
      SamplingOptions noisy = QUICK.withNoise(0.2);
      DiffusionOptions options = OPTIONS.withResult(WHOLE).withSampling(noisy);
      DiffusionOptions other = options.withSampling(noisy.withSeed(7));
      List<ByteImage> first = fill(new DiffusionStereoInpainter(networks, options), clip(2, -1));
      assertThat(fill(new DiffusionStereoInpainter(networks, options), clip(2, -1)))
          .isEqualTo(first);
      assertThat(fill(new DiffusionStereoInpainter(networks, other), clip(2, -1)))
          .isNotEqualTo(first);
    }
  }

  @Test
  void fill_recolored_hasTheColoursOfTheSource() {
    ByteImage source = frame(SIZE, 2, -1, true).source();
    ByteImage cast = source.copy();
    for (int i = 0; i < cast.array().length; i += 3) {
      cast.array()[i] = (byte) ((cast.array()[i] & 0xff) + 40); // a red cast
    }
    ByteImage back = ColorTransfer.of(source).apply(cast);
    for (int c = 0; c < 3; c++) {
      assertThat(mean(back, c)).isCloseTo(mean(source, c), org.assertj.core.data.Offset.offset(2.));
    }
    assertNear(ColorTransfer.of(source).apply(source), source, 1);
  }

  private static double mean(ByteImage image, int channel) {
    double sum = 0;
    for (int i = channel; i < image.array().length; i += 3) {
      sum += image.array()[i] & 0xff;
    }
    return sum / image.size().area();
  }

  @Test
  void load_depthNetworkInItsPlace_namesBothNumbers(@TempDir Path folder) throws IOException {
    TinyNetworks.write(folder);
    Files.copy(
        folder.resolve("unet_depth.pt"),
        folder.resolve("unet_stereo.pt"),
        StandardCopyOption.REPLACE_EXISTING);
    TinyNetworks.program(
        folder,
        "unet_stereo.pt",
        """
        def forward(self, x: Tensor, t: Tensor, e: Tensor, n: Tensor) -> Tensor:
          kernel = torch.ones([4, 8, 1, 1, 1], dtype=6)
          return torch.conv3d(torch.transpose(x, 1, 2), kernel)
        """);
    assertThatThrownBy(
            () ->
                TorchScriptNetworks.load(
                    folder, DiffusionNetworks.Task.STEREO, Device.cpu(), Precision.FLOAT32))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("unet_stereo.pt")
        .hasMessageContaining("9 planes")
        .hasMessageContaining("depth networks take 8");
    new ExportManifest(
            0.2,
            java.util.Map.of(DiffusionNetworks.Task.STEREO, 8),
            OptionalInt.of(3),
            Optional.of(new ImageSize(128, 64)))
        .write(folder);
    assertThatThrownBy(
            () ->
                TorchScriptNetworks.load(
                    folder, DiffusionNetworks.Task.STEREO, Device.cpu(), Precision.FLOAT32))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("manifest.json")
        .hasMessageContaining("takes 9");
    ExportManifest manifest = ExportManifest.read(folder);
    assertThat(manifest.fixedFrames()).hasValue(3);
    assertThat(manifest.fixedSize()).contains(new ImageSize(128, 64));
    Files.writeString(folder.resolve("manifest.json"), "{\"format\": 1}");
    assertThatThrownBy(() -> ExportManifest.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("scaling_factor");
  }

  @Test
  void predict_notANumber_namesTheStep(@TempDir Path folder) throws IOException {
    TinyNetworks.write(folder);
    TinyNetworks.program(
        folder,
        "unet_stereo.pt",
        """
        def forward(self, x: Tensor, t: Tensor, e: Tensor, n: Tensor) -> Tensor:
          return torch.sqrt(torch.add(torch.mul(torch.slice(x, 2, 0, 4, 1), 0), t))
        """);
    try (TorchScriptNetworks networks =
        TorchScriptNetworks.load(
            folder, DiffusionNetworks.Task.STEREO, Device.cpu(), Precision.FLOAT32)) {
      // the logarithm of the noise level is negative at the last step alone
      assertThatThrownBy(() -> fill(new DiffusionStereoInpainter(networks, OPTIONS), clip(1, -1)))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("step 2 of 3");
    }
  }
}
