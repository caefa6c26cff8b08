package org.stereo4d.run;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * A file that appears whole or not at all: written under a temporary name in the same folder and
 * moved into place by {@link #commit}. Closing without a commit deletes the temporary file.
 */
public final class AtomicOutput implements AutoCloseable {
  private final Path target;
  private final Path temporary;
  private boolean committed;

  private AtomicOutput(Path target, Path temporary) {
    this.target = target;
    this.temporary = temporary;
  }

  /** Writes bytes to an open stream. */
  @FunctionalInterface
  public interface Body {
    /** Writes everything; the stream is buffered and closed by the caller. */
    void write(OutputStream out) throws IOException;
  }

  /**
   * Prepares a file, creating its folder. The temporary name keeps the extension, since some
   * encoders choose the container by it.
   */
  public static AtomicOutput to(Path target) throws IOException {
    Path absolute = target.toAbsolutePath();
    Path folder = absolute.getParent();
    Path name = absolute.getFileName();
    if (folder == null || name == null) {
      throw new IOException(target + ": is a root, expected the path of a file");
    }
    if (Files.isDirectory(absolute)) {
      throw new IOException(target + ": is a folder, expected the path of a file to write");
    }
    Files.createDirectories(folder);
    String id = UUID.randomUUID().toString().substring(0, 8);
    return new AtomicOutput(absolute, folder.resolve(".part-" + id + "-" + name));
  }

  /** Writes a whole file in one call. */
  public static void write(Path target, Body body) throws IOException {
    try (AtomicOutput output = to(target)) {
      try (OutputStream out =
          new BufferedOutputStream(
              new NamedStream(target, Files.newOutputStream(output.temporary)), 1 << 16)) {
        body.write(out);
      }
      output.commit();
    }
  }

  /** Where to write before the commit. */
  public Path temporary() {
    return temporary;
  }

  /** Moves the temporary file into place, replacing an older file. */
  public void commit() throws IOException {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
    committed = true;
  }

  @Override
  public void close() throws IOException {
    if (!committed) {
      Files.deleteIfExists(temporary);
    }
  }

  /** Says which file could not be written: what the system says is no more than the reason. */
  static final class NamedStream extends OutputStream {
    private final Path target;
    private final OutputStream out;

    NamedStream(Path target, OutputStream out) {
      this.target = target;
      this.out = out;
    }

    private IOException named(IOException e) {
      return new IOException(target + ": cannot be written: " + e.getMessage(), e);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int count) throws IOException {
      try {
        out.write(bytes, start, count);
      } catch (IOException e) {
        throw named(e);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        out.close();
      } catch (IOException e) {
        throw named(e);
      }
    }
  }
}
