package org.stereo4d.stereocrafter;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.stereo4d.stereocrafter.format.Packing;
import org.stereo4d.video.VideoReader;
import org.stereo4d.video.VideoWriter;

/**
 * Decoding of the next frame and encoding of the last one beside the work on those between. At most
 * one call of each runs at a time, in order.
 */
final class Ahead implements AutoCloseable {
  private final ExecutorService decoding = Executors.newSingleThreadExecutor(Ahead::daemon);
  private final ExecutorService encoding = Executors.newSingleThreadExecutor(Ahead::daemon);
  private final VideoReader reader;
  private final boolean keepsBits;
  private Future<Optional<SourceFrame>> next;
  private Optional<Future<Void>> written = Optional.empty();

  /** Reads frames with or without their bits beyond 8. */
  Ahead(VideoReader reader, boolean keepsBits) {
    this.reader = reader;
    this.keepsBits = keepsBits;
    this.next = decoding.submit(this::decode);
  }

  private Optional<SourceFrame> decode() throws IOException {
    return reader.next().map(frame -> SourceFrame.of(frame, keepsBits));
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "stereo-video");
    thread.setDaemon(true);
    return thread;
  }

  /** The next frame, or empty at the end. */
  Optional<SourceFrame> read() throws IOException {
    Optional<SourceFrame> frame = result(next);
    if (frame.isPresent()) {
      next = decoding.submit(this::decode);
    }
    return frame;
  }

  /**
   * Packs and writes a pair once the one before it is written. Two calls, so that the eyes of a
   * frame are given up while it is encoded.
   */
  void write(VideoWriter writer, Packing packing, Eyes eyes, double timeSeconds)
      throws IOException {
    finishWriting();
    Future<Eyes.Packed> packed = encoding.submit(() -> eyes.pack(packing));
    Callable<Void> work =
        () -> {
          result(packed).write(writer, timeSeconds);
          return null;
        };
    written = Optional.of(encoding.submit(work));
  }

  /** Waits until everything is written. */
  void finishWriting() throws IOException {
    if (written.isPresent()) {
      result(written.get());
      written = Optional.empty();
    }
  }

  private static <T> T result(Future<T> future) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true; // a step is short, and half of one is of no use
        }
      }
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException io) {
        throw io;
      }
      if (cause instanceof RuntimeException runtime) {
        throw runtime;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw new IOException(e.getMessage(), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits for the calls that run; reader and writer are the caller's again. */
  @Override
  public void close() {
    await(decoding);
    await(encoding);
  }

  /** The work ended before these calls, so nobody misses their results. */
  private static void await(ExecutorService calls) {
    calls.shutdown();
    boolean interrupted = false;
    while (!calls.isTerminated()) {
      try {
        calls.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true; // a step is short
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
