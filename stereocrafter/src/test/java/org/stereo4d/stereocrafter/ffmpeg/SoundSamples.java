package org.stereo4d.stereocrafter.ffmpeg;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;

/** Tones for tests: written by the JDK, read back by a decoder. */
public record SoundSamples(double[] samples, double rateHz) {
  private static final double STEP_HZ = 0.1;

  /** Writes a stereo tone of some length as WAV. */
  public static Path writeTone(Path file, double hertz, int rateHz, double seconds)
      throws IOException {
    int count = (int) Math.round(rateHz * seconds);
    byte[] bytes = new byte[4 * count];
    for (int i = 0; i < count; i++) {
      int value = (int) Math.rint(12_000 * Math.sin(2 * Math.PI * hertz * i / rateHz));
      for (int channel = 0; channel < 2; channel++) {
        bytes[4 * i + 2 * channel] = (byte) value;
        bytes[4 * i + 2 * channel + 1] = (byte) (value >> 8);
      }
    }
    AudioFormat format = new AudioFormat(rateHz, 16, 2, true, false);
    try (AudioInputStream in =
        new AudioInputStream(new ByteArrayInputStream(bytes), format, count)) {
      AudioSystem.write(in, AudioFileFormat.Type.WAVE, file.toFile());
    }
    return file;
  }

  /** The first channel of a file. */
  public static SoundSamples read(Path file) throws IOException {
    double[] out = new double[1 << 16];
    int count = 0;
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
      grabber.start();
      int channels = grabber.getAudioChannels();
      for (Frame frame = grabber.grabSamples(); frame != null; frame = grabber.grabSamples()) {
        int length = frame.samples[0].remaining() / channels;
        out = count + length > out.length ? Arrays.copyOf(out, 2 * (count + length)) : out;
        for (int i = 0; i < length; i++) {
          out[count++] = sample(frame, i * channels);
        }
      }
      return new SoundSamples(Arrays.copyOf(out, count), grabber.getSampleRate());
    }
  }

  private static double sample(Frame frame, int at) {
    return frame.samples[0] instanceof ShortBuffer shorts
        ? shorts.get(at) / 32_768.0
        : ((FloatBuffer) frame.samples[0]).get(at);
  }

  /** Length. */
  public double seconds() {
    return samples.length / rateHz;
  }

  /** Frequency, in a range, that the middle half of the sound has most of. */
  public double peakHz(double fromHz, double toHz) {
    int start = samples.length / 4;
    int end = samples.length - start;
    double best = 0;
    double at = Double.NaN;
    for (double hertz = fromHz; hertz <= toHz; hertz += STEP_HZ) {
      double re = 0;
      double im = 0;
      for (int i = start; i < end; i++) {
        double window = 1 - Math.cos(2 * Math.PI * (i - start) / (end - start));
        double phase = 2 * Math.PI * hertz * i / rateHz;
        re += window * samples[i] * Math.cos(phase);
        im += window * samples[i] * Math.sin(phase);
      }
      if (re * re + im * im > best) {
        best = re * re + im * im;
        at = hertz;
      }
    }
    return at;
  }

  /** Root of the mean square between two times. */
  public double level(double fromSeconds, double toSeconds) {
    int start = (int) (fromSeconds * rateHz);
    int end = Math.min(samples.length, (int) (toSeconds * rateHz));
    double sum = 0;
    for (int i = start; i < end; i++) {
      sum += samples[i] * samples[i];
    }
    return Math.sqrt(sum / (end - start));
  }
}
