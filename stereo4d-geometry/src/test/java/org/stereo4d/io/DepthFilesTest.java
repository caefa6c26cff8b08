package org.stereo4d.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.backend.Backends;
import org.stereo4d.depth.DepthConvention;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.depth.VideoDepthEstimator;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpzWriter;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.run.Progress;
import org.stereo4d.testing.VideoDepthEstimatorContract;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoWriter;

class DepthFilesTest extends VideoDepthEstimatorContract {
  @TempDir Path folder;

  private Path npz;

  @BeforeEach
  void write() throws IOException {
    npz = folder.resolve("depth.npz");
    float[] values = new float[FRAMES * SIZE.area()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / SIZE.area() + 0.5f;
    }
    NpzWriter.write(npz, Map.of("depth", NpyArray.of(values, FRAMES, SIZE.height(), SIZE.width())));
  }

  @Override
  protected VideoDepthEstimator estimator() {
    return DepthFiles.ofNpz(npz, "depth", DepthConvention.INVERSE_DEPTH);
  }

  private static List<InverseDepthMap> read(VideoDepthEstimator files, int frames, ImageSize size)
      throws IOException {
    List<ByteImage> video = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      video.add(ByteImage.create(size, 3));
    }
    List<InverseDepthMap> out = new ArrayList<>();
    files.estimate(video, (frameIndex, map) -> out.add(map), Progress.NONE);
    return out;
  }

  @Test
  void npz_valuesAndConvention() throws IOException {
    assertThat(read(estimator(), FRAMES, SIZE).get(3).at(5, 6)).isEqualTo(3.5f);
    VideoDepthEstimator depth = DepthFiles.ofNpz(npz, "depth", DepthConvention.DEPTH);
    assertThat(read(depth, FRAMES, SIZE).get(3).at(5, 6)).isEqualTo(1 / 3.5f);
  }

  @Test
  void npz_frameOfAnotherSize_isResized() throws IOException {
    ImageSize size = new ImageSize(20, 50);
    InverseDepthMap map = read(estimator(), FRAMES, size).get(2);
    assertThat(map.size()).isEqualTo(size);
    assertThat(map.at(19, 49)).isCloseTo(2.5f, within(1e-6f));
  }

  @Test
  void estimate_otherNumberOfFrames_refused() {
    assertThatIOException()
        .isThrownBy(() -> read(estimator(), FRAMES + 1, SIZE))
        .withMessageContaining("has " + FRAMES + " maps");
    assertThatIOException()
        .isThrownBy(() -> read(estimator(), FRAMES - 1, SIZE))
        .withMessageContaining("more maps")
        .withMessageContaining("which are " + (FRAMES - 1));
  }

  @Test
  void npz_absentKeyOrOtherRank_refused() throws IOException {
    assertThatIOException()
        .isThrownBy(() -> read(DepthFiles.ofNpz(npz, "disp", DepthConvention.DEPTH), FRAMES, SIZE))
        .withMessageContaining("disp");
    Path flat = folder.resolve("flat.npz");
    NpzWriter.write(flat, Map.of("depth", NpyArray.of(new float[6], 2, 3)));
    assertThatIOException()
        .isThrownBy(() -> read(DepthFiles.ofNpz(flat, "depth", DepthConvention.DEPTH), 2, SIZE))
        .withMessageContaining("shape");
  }

  @Test
  void folder_pngAndPfm_inOrderOfNames() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    short[] samples = new short[SIZE.area()];
    samples[1] = (short) 50_000;
    PngImage.of16(samples, SIZE, 1).write(pictures.resolve("frame_000001.png"));
    FloatImage pfm = FloatImage.create(SIZE, 1);
    pfm.set(1, 0, 0, 0.25f);
    Pfm.write(pictures.resolve("frame_000002.pfm"), pfm);
    Files.writeString(pictures.resolve("notes.txt"), "not a picture");

    List<InverseDepthMap> maps =
        read(DepthFiles.ofFolder(pictures, DepthConvention.INVERSE_DEPTH), 2, SIZE);
    assertThat(maps.get(0).at(1, 0)).isEqualTo(50_000f);
    assertThat(maps.get(0).at(0, 0)).isZero();
    assertThat(maps.get(1).at(1, 0)).isEqualTo(0.25f);
    InverseDepthMap inverse =
        read(DepthFiles.ofFolder(pictures, DepthConvention.DEPTH), 2, SIZE).get(0);
    assertThat(inverse.at(0, 0)).isNaN();
    assertThat(inverse.at(1, 0)).isEqualTo(1 / 50_000f);
  }

  @Test
  void folder_colourPicture_refused() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("colours"));
    PngImage.of(ByteImage.create(SIZE, 3)).write(pictures.resolve("0.png"));
    assertThatIOException()
        .isThrownBy(
            () -> read(DepthFiles.ofFolder(pictures, DepthConvention.INVERSE_DEPTH), 1, SIZE))
        .withMessageContaining("3 channels");
    assertThatIOException()
        .isThrownBy(
            () -> read(DepthFiles.ofFolder(folder.resolve("no"), DepthConvention.DEPTH), 1, SIZE))
        .withMessageContaining("no folder");
  }

  @Test
  void video_lumaIsTheMap() throws IOException {
    VideoCodec codec = Backends.video("ffmpeg");
    Path file = folder.resolve("depth.mp4");
    try (VideoWriter writer = codec.create(file, SIZE, EncodeOptions.DEFAULTS.withQuality(10))) {
      for (int t = 0; t < 3; t++) {
        ByteImage gray = ByteImage.create(SIZE, 3);
        Arrays.fill(gray.array(), (byte) (50 + 60 * t));
        writer.write(gray);
      }
      writer.finish();
    }
    List<InverseDepthMap> maps =
        read(DepthFiles.ofVideo(file, codec, DepthConvention.INVERSE_DEPTH), 3, SIZE);
    for (int t = 0; t < 3; t++) {
      // lossy coding and limited range: two levels and rounding
      assertThat(maps.get(t).at(20, 20)).isCloseTo((50 + 60 * t) / 255f, within(2.01f / 255));
    }
  }
}
