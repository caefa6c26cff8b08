package org.stereo4d.stereocrafter.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stereo4d.backend.Backends;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.container.SphericalVideo;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Signal;
import org.stereo4d.stereocrafter.ffmpeg.FrameTimes;
import org.stereo4d.stereocrafter.ffmpeg.SoundFit;
import org.stereo4d.stereocrafter.ffmpeg.SoundSamples;
import org.stereo4d.stereocrafter.ffmpeg.StreamSpan;
import org.stereo4d.stereocrafter.format.Packing;
import org.stereo4d.stereocrafter.format.StereoFormat;
import org.stereo4d.video.EncodeOptions;
import org.stereo4d.video.VideoCodec;
import org.stereo4d.video.VideoWriter;

class SoundFitterTest {
  private static final VideoCodec CODEC = Backends.video("ffmpeg");
  private static final double TONE_HZ = 440;

  /** A twentieth of a semitone is 1.3 Hz; the tone is searched in steps of 0.1 Hz. */
  private static final double PITCH_HZ = 1;

  /** One block of AAC at 44.1 kHz, which players cut or do not. */
  private static final double BLOCK_SECONDS = 0.024;

  /** A tone of amplitude 12000 of 32768 has 0.26. */
  private static final double LOUD = 0.2;

  private static Path video(Path file, int frames) throws IOException {
    ImageSize size = new ImageSize(64, 48);
    try (VideoWriter writer = CODEC.create(file, size, EncodeOptions.DEFAULTS)) {
      for (int t = 0; t < frames; t++) {
        ByteImage image = ByteImage.create(size, 3);
        image.set(t % 64, 20, 1, 250);
        writer.write(image);
      }
      writer.finish();
    }
    return file;
  }

  private static double secondsOfSound(Path file) throws IOException {
    return StreamSpan.ofSound(file).orElseThrow().seconds();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"60, 2.1", "60, 1.9", "60, 4.6", "120, 1.7"})
  void fit_otherLength_keepsThePitchAndLastsAsLongAsThePictures(
      int frames, double seconds, @TempDir Path folder) throws IOException {
    Path sound = SoundSamples.writeTone(folder.resolve("a.wav"), TONE_HZ, 44_100, seconds);
    Path pictures = video(folder.resolve("b.mp4"), frames);
    Path target = folder.resolve("out.mp4");
    OptionalDouble speed = SoundFitter.DEFAULTS.fit(sound, pictures, target, Progress.NONE);
    assertThat(speed.orElseThrow()).isCloseTo(seconds * 30 / frames, within(1e-3));
    SoundSamples heard = SoundSamples.read(target);
    assertThat(heard.peakHz(400, 480)).isCloseTo(TONE_HZ, within(PITCH_HZ));
    assertThat(heard.seconds()).isCloseTo(frames / 30.0, within(BLOCK_SECONDS));
    assertThat(heard.level(0.05, frames / 30.0 - 0.1)).isGreaterThan(LOUD);
    assertThat(secondsOfSound(target)).isCloseTo(frames / 30.0, within(BLOCK_SECONDS));
    assertThat(StreamSpan.ofPictures(target)).isEqualTo(StreamSpan.ofPictures(pictures));
    assertThat(names(folder)).containsExactly("a.wav", "b.mp4", "out.mp4");
  }

  @ParameterizedTest
  @CsvSource({"2.1", "1.9"})
  void fit_resampled_movesThePitchByTheSpeed(double seconds, @TempDir Path folder)
      throws IOException {
    Path sound = SoundSamples.writeTone(folder.resolve("a.wav"), TONE_HZ, 48_000, seconds);
    Path pictures = video(folder.resolve("b.mp4"), 60);
    Path target = folder.resolve("out.mkv");
    double speed =
        new SoundFitter(SoundFit.RESAMPLE_PITCH)
            .fit(sound, pictures, target, Progress.NONE)
            .orElseThrow();
    SoundSamples heard = SoundSamples.read(target);
    assertThat(heard.rateHz()).isEqualTo(48_000);
    assertThat(heard.peakHz(400, 480)).isCloseTo(TONE_HZ * speed, within(PITCH_HZ));
    assertThat(speed).isCloseTo(seconds / 2, within(1e-3));
    assertThat(StreamSpan.ofSound(target).orElseThrow().endSeconds())
        .isCloseTo(2, within(BLOCK_SECONDS));
    assertThat(FrameTimes.secondsOf(target)[0]).isCloseTo(0, within(1e-3));
  }

  @Test
  void fit_nearlyTheSameLength_copiesThePackets(@TempDir Path folder) throws IOException {
    Path tone = SoundSamples.writeTone(folder.resolve("a.wav"), TONE_HZ, 44_100, 3);
    Path source = folder.resolve("a.mp4");
    SoundFitter.DEFAULTS.fit(tone, video(folder.resolve("b.mp4"), 60), source, Progress.NONE);
    Path target = folder.resolve("out.mp4");
    OptionalDouble speed =
        SoundFitter.DEFAULTS.fit(source, video(folder.resolve("c.mp4"), 60), target, Progress.NONE);
    assertThat(speed).hasValue(1);
    assertThat(SoundSamples.read(target).samples()).isEqualTo(SoundSamples.read(source).samples());
  }

  @Test
  void fit_withoutSound_givesASilentVideo(@TempDir Path folder) throws IOException {
    Path silent = video(folder.resolve("a.mp4"), 30);
    Path target = folder.resolve("out.mp4");
    assertThat(
            SoundFitter.DEFAULTS.fit(
                silent, video(folder.resolve("b.mp4"), 60), target, Progress.NONE))
        .isEmpty();
    assertThat(StreamSpan.ofSound(target)).isEmpty();
    assertThat(StreamSpan.ofPictures(target).orElseThrow().seconds()).isCloseTo(2, within(1e-6));
  }

  @Test
  void fit_stereoVideo_staysOne(@TempDir Path folder) throws IOException {
    Path pictures = video(folder.resolve("b.mp4"), 60);
    SphericalVideo.write(
        pictures, pictures, Packing.of(StereoFormat.FULL_SIDE_BY_SIDE).metadata().orElseThrow());
    Path sound = SoundSamples.writeTone(folder.resolve("a.wav"), TONE_HZ, 44_100, 2.1);
    Path target = folder.resolve("out.mp4");
    SoundFitter.DEFAULTS.fit(sound, pictures, target, Progress.NONE);
    assertThat(SphericalVideo.read(target)).isEqualTo(SphericalVideo.read(pictures));
  }

  @Test
  void fit_brokenFiles_namesThemAndLeavesNothing(@TempDir Path folder) throws IOException {
    Path pictures = video(folder.resolve("b.mp4"), 60);
    Path sound = SoundSamples.writeTone(folder.resolve("a.wav"), TONE_HZ, 44_100, 2.1);
    Path broken = Files.write(folder.resolve("broken.mp4"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    Path target = folder.resolve("out.mp4");
    assertThatThrownBy(() -> SoundFitter.DEFAULTS.fit(broken, pictures, target, Progress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("broken.mp4");
    assertThatThrownBy(() -> SoundFitter.DEFAULTS.fit(sound, broken, target, Progress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("broken.mp4");
    assertThatThrownBy(() -> SoundFitter.DEFAULTS.fit(sound, sound, target, Progress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no pictures");
    Path brief = SoundSamples.writeTone(folder.resolve("c.wav"), TONE_HZ, 44_100, 0.1);
    assertThatThrownBy(() -> SoundFitter.DEFAULTS.fit(brief, pictures, target, Progress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("c.wav: lasts 0.100 s, expected within a factor of 16");
    assertThat(names(folder)).containsExactly("a.wav", "b.mp4", "broken.mp4", "c.wav");
  }

  @Test
  void fit_finishedEarly_leavesTheRestSilent(@TempDir Path folder) throws IOException {
    Path sound = SoundSamples.writeTone(folder.resolve("a.wav"), TONE_HZ, 44_100, 4.2);
    Path target = folder.resolve("out.mp4");
    SoundFitter.DEFAULTS.fit(
        sound,
        video(folder.resolve("b.mp4"), 120),
        target,
        step -> step.done() >= 10 ? Signal.FINISH : Signal.CONTINUE);
    SoundSamples heard = SoundSamples.read(target);
    assertThat(heard.seconds()).isCloseTo(4, within(BLOCK_SECONDS));
    assertThat(heard.level(0.1, 0.9)).isGreaterThan(LOUD);
    assertThat(heard.level(2, 3.9)).isLessThan(LOUD / 100);
  }

  @Test
  void fit_damagedSound_endsWithAFileOrAnIoExceptionThatNamesIt(@TempDir Path folder)
      throws IOException {
    Path pictures = video(folder.resolve("b.mp4"), 60);
    Path sound = folder.resolve("sound.mp4");
    Path tone = SoundSamples.writeTone(folder.resolve("a.wav"), TONE_HZ, 44_100, 2.1);
    SoundFitter.DEFAULTS.fit(tone, video(folder.resolve("c.mp4"), 55), sound, Progress.NONE);
    byte[] whole = Files.readAllBytes(sound);
    for (int seed = 0; seed < 12; seed++) {
      Random random = new Random(seed);
      byte[] damaged = Arrays.copyOf(whole, seed % 3 == 0 ? whole.length / 2 : whole.length);
      for (int k = 0; k < 40; k++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Path file = Files.write(folder.resolve("damaged.mp4"), damaged);
      try {
        SoundFitter.DEFAULTS.fit(file, pictures, folder.resolve("out.mp4"), Progress.NONE);
      } catch (IOException e) {
        assertThat(e).as("seed %s", seed).hasMessageContaining("mp4");
      }
    }
  }
}
