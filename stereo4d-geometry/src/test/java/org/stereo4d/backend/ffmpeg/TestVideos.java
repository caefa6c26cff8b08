package org.stereo4d.backend.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_FFV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MPEG4;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY10;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_RGB24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;

/** Makes small videos of kinds that our own writer never makes. */
final class TestVideos {
  private TestVideos() {}

  /** A smooth RGB picture whose brightness tells the frame number: gray level 40 + 4 n on top. */
  static ByteImage picture(ImageSize size, int n) {
    ByteImage out = ByteImage.create(size, 3);
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        boolean label = y < size.height() / 2;
        out.set(x, y, 0, label ? 40 + 4 * n : 30 + 200 * x / size.width());
        out.set(x, y, 1, label ? 40 + 4 * n : 30 + 180 * y / size.height());
        out.set(x, y, 2, label ? 40 + 4 * n : 120);
      }
    }
    return out;
  }

  /** The number painted by {@link #picture}. */
  static int number(ByteImage image) {
    return Math.round((image.at(image.width() / 2, image.height() / 4, 1) - 40) / 4f);
  }

  /** MPEG-4 part 2 with two B frames between references. */
  static void writeWithBFrames(Path file, ImageSize size, int frames) throws Exception {
    try (FFmpegFrameRecorder recorder =
        new FFmpegFrameRecorder(file.toFile(), size.width(), size.height(), 0)) {
      recorder.setVideoCodec(AV_CODEC_ID_MPEG4);
      recorder.setPixelFormat(AV_PIX_FMT_YUV420P);
      recorder.setFrameRate(25);
      recorder.setMaxBFrames(2);
      recorder.setGopSize(12);
      recorder.setVideoBitrate(2_000_000);
      recorder.start();
      for (int n = 0; n < frames; n++) {
        ByteBuffer rgb = ByteBuffer.allocateDirect(size.area() * 3);
        rgb.put(picture(size, n).array()).flip();
        recorder.recordImage(
            size.width(),
            size.height(),
            Frame.DEPTH_UBYTE,
            3,
            size.width() * 3,
            AV_PIX_FMT_RGB24,
            rgb);
      }
    }
  }

  /** Lossless 10-bit gray: value of pixel x is {@code 4 x + n}. */
  static void writeGray10(Path file, ImageSize size, int frames) throws Exception {
    try (FFmpegFrameRecorder recorder =
        new FFmpegFrameRecorder(file.toFile(), size.width(), size.height(), 0)) {
      recorder.setVideoCodec(AV_CODEC_ID_FFV1);
      recorder.setFormat("matroska");
      recorder.setPixelFormat(AV_PIX_FMT_GRAY10);
      recorder.setVideoOption("color_range", "pc");
      recorder.setFrameRate(25);
      recorder.start();
      for (int n = 0; n < frames; n++) {
        ByteBuffer gray = ByteBuffer.allocateDirect(size.area() * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int k = 0; k < size.area(); k++) {
          gray.putShort((short) (4 * (k % size.width()) + n));
        }
        gray.flip();
        recorder.recordImage(
            size.width(),
            size.height(),
            Frame.DEPTH_UBYTE,
            1,
            size.width() * 2,
            AV_PIX_FMT_GRAY10,
            gray);
      }
    }
  }

  /** One second of a tone. */
  static void writeTone(Path file) throws Exception {
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), 1)) {
      recorder.setFormat("mp4");
      recorder.setAudioCodec(AV_CODEC_ID_AAC);
      recorder.setSampleRate(44_100);
      recorder.start();
      short[] samples = new short[44_100];
      for (int k = 0; k < samples.length; k++) {
        samples[k] = (short) (8000 * Math.sin(2 * Math.PI * 440 * k / 44_100));
      }
      recorder.recordSamples(44_100, 1, ShortBuffer.wrap(samples));
    }
  }

  /** Writes a rotation by 90 degrees clockwise into the track header of an MP4. */
  static void setRotationFlag(Path mp4) throws Exception {
    byte[] bytes = Files.readAllBytes(mp4);
    int at = indexOf(bytes, "tkhd");
    ByteBuffer box = ByteBuffer.wrap(bytes);
    int matrix = at + 4 + 40; // version and flags, times, id, reserved, duration, layer ... volume
    int[] clockwise = {0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000};
    for (int k = 0; k < 9; k++) {
      box.putInt(matrix + 4 * k, clockwise[k]);
    }
    Files.write(mp4, bytes);
  }

  private static int indexOf(byte[] bytes, String tag) {
    for (int i = 0; i + 4 <= bytes.length; i++) {
      boolean same = true;
      for (int k = 0; k < 4; k++) {
        same &= bytes[i + k] == tag.charAt(k);
      }
      if (same) {
        return i;
      }
    }
    throw new IllegalStateException("no box " + tag);
  }
}
