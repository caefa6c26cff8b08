package org.stereo4d.io;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Lines of a text file, or of the text in front of binary data; the longest line is bounded, so
 * that a file without line ends takes no memory.
 */
public final class TextLines implements AutoCloseable {
  private final InputStream in;
  private final String what;
  private final int mostBytes;
  private int number;

  /**
   * Lines of a stream; bytes behind the last line read stay in it.
   *
   * @param in should be buffered; closed with this
   * @param what the file, the beginning of messages
   * @param mostBytes longest line accepted
   */
  public TextLines(InputStream in, String what, int mostBytes) {
    this.in = in;
    this.what = what;
    this.mostBytes = mostBytes;
  }

  /** Lines of a file. */
  public static TextLines open(Path path, int mostBytes) throws IOException {
    return new TextLines(
        new BufferedInputStream(Files.newInputStream(path), 1 << 16), path.toString(), mostBytes);
  }

  /** The next line as UTF-8 without its end, empty at the end of the file. */
  public Optional<String> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    int c = in.read();
    if (c < 0) {
      return Optional.empty();
    }
    number++;
    for (; c >= 0 && c != '\n'; c = in.read()) {
      if (line.size() == mostBytes) {
        throw new IOException(place() + ": is longer than " + mostBytes + " bytes");
      }
      line.write(c);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }

  /** File and number of the current line, the beginning of messages. */
  public String place() {
    return what + ": line " + number;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
