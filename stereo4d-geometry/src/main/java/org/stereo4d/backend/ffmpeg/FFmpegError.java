package org.stereo4d.backend.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Return codes of FFmpeg as exceptions. */
public final class FFmpegError {
  private static final Pattern CODE = Pattern.compile("error (-\\d{1,10}):");

  private FFmpegError() {}

  /** Throws when a code is negative, saying what could not be done; returns it otherwise. */
  public static int check(int code, Path file, String action) throws IOException {
    if (code < 0) {
      throw new IOException(file + ": ffmpeg could not " + action + ": " + text(code));
    }
    return code;
  }

  /** What FFmpeg says, without advice for programmers around it. */
  static String reason(Exception e) {
    String message = String.valueOf(e.getMessage());
    Matcher code = CODE.matcher(message);
    return code.find() ? text(Integer.parseInt(code.group(1))) : message;
  }

  private static String text(int code) {
    byte[] bytes = new byte[256];
    av_strerror(code, bytes, bytes.length);
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }
}
