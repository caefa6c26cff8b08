package org.stereo4d.testing;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Damages a good file in many ways and demands that its reader either reads it or refuses it: with
 * {@link IOException} or {@link IllegalArgumentException}, within two seconds, and never with
 * another exception or an {@link Error}.
 *
 * <p>Damage is bit flips, truncation, overwritten length fields (both byte orders, extreme values),
 * and blocks removed, repeated or zeroed. Case i of a seed is always the same.
 */
public final class Mutations {
  /** How many damaged files each reader must survive. */
  public static final int CASES = 2000;

  private static final long LONGEST_SECONDS = 2;
  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    2,
    127,
    128,
    255,
    256,
    32767,
    32768,
    65535,
    65536,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    0xffffffffL,
    1L << 32,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private Mutations() {}

  /** Reads a file wholly. */
  @FunctionalInterface
  public interface Reader {
    /** Reads everything the format offers. */
    void read(Path file) throws IOException;
  }

  /**
   * What happened to the damaged files.
   *
   * @param read how many were still accepted
   * @param refused how many were refused with a documented exception
   */
  public record Outcome(int read, int refused) {}

  /**
   * Reads {@link #CASES} damaged copies of a file; fails the test on any wrong answer.
   *
   * @param good a valid file, not changed
   */
  public static Outcome survives(Path good, long seed, Reader reader) throws Exception {
    return survives(Files.readAllBytes(good), extension(good), seed, reader);
  }

  /**
   * Reads {@link #CASES} damaged copies of a file; fails the test on any wrong answer.
   *
   * @param good bytes of a valid file, not changed
   * @param extension with the dot
   */
  public static Outcome survives(byte[] good, String extension, long seed, Reader reader)
      throws Exception {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread worker = new Thread(task, "damaged file reader");
              worker.setDaemon(true);
              return worker;
            });
    Path file = Files.createTempFile("damaged", extension);
    int read = 0;
    try {
      for (int i = 0; i < CASES; i++) {
        Files.write(file, damage(good, seed, i));
        Future<Boolean> answer = thread.submit(() -> accepts(reader, file));
        read += await(answer, seed, i) ? 1 : 0;
      }
    } finally {
      thread.shutdownNow();
      Files.deleteIfExists(file);
    }
    return new Outcome(read, CASES - read);
  }

  private static boolean accepts(Reader reader, Path file) {
    try {
      reader.read(file);
      return true;
    } catch (IOException | IllegalArgumentException e) {
      if (e.getMessage() == null || e.getMessage().isBlank()) {
        throw new AssertionError("refused without a message", e);
      }
      return false;
    }
  }

  private static boolean await(Future<Boolean> answer, long seed, int index) throws Exception {
    String what = "damaged file " + index + " of seed " + seed;
    try {
      return answer.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return fail(what + ": no answer within " + LONGEST_SECONDS + " s", e);
    } catch (ExecutionException e) {
      return fail(what + ": undocumented " + e.getCause(), e.getCause());
    }
  }

  private static String extension(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(Math.max(0, name.lastIndexOf('.')));
  }

  /** Case {@code index} of a seed: one to three kinds of damage on a copy. */
  public static byte[] damage(byte[] good, long seed, int index) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + index);
    byte[] bytes = good.clone();
    int rounds = 1 + random.nextInt(3);
    for (int i = 0; i < rounds && bytes.length > 0; i++) {
      bytes = damageOnce(bytes, random);
    }
    return bytes;
  }

  private static byte[] damageOnce(byte[] bytes, SplittableRandom random) {
    int at = position(bytes.length, random);
    int length = 1 + random.nextInt(Math.min(64, bytes.length));
    int end = Math.min(bytes.length, at + length);
    switch (random.nextInt(6)) {
      case 0 -> {
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
          bytes[position(bytes.length, random)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      case 2 -> overwriteNumber(bytes, at, random);
      case 3 -> {
        return splice(bytes, at, end, new byte[0]);
      }
      case 4 -> {
        return splice(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
      }
      default -> Arrays.fill(bytes, at, end, (byte) (random.nextBoolean() ? 0 : 0xff));
    }
    return bytes;
  }

  /** Half of all damage hits the first or last 256 bytes, where headers and directories are. */
  private static int position(int length, SplittableRandom random) {
    int near = Math.min(length, 256);
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(near);
      case 1 -> length - 1 - random.nextInt(near);
      default -> random.nextInt(length);
    };
  }

  private static void overwriteNumber(byte[] bytes, int at, SplittableRandom random) {
    int width = 1 << random.nextInt(4);
    long value =
        random.nextBoolean() ? EXTREMES[random.nextInt(EXTREMES.length)] : random.nextLong();
    ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    ByteBuffer number = ByteBuffer.allocate(8).order(order).putLong(value);
    int from = order == ByteOrder.LITTLE_ENDIAN ? 0 : 8 - width;
    System.arraycopy(number.array(), from, bytes, at, Math.min(width, bytes.length - at));
  }

  private static byte[] splice(byte[] bytes, int start, int end, byte[] middle) {
    byte[] out = new byte[bytes.length - (end - start) + middle.length];
    System.arraycopy(bytes, 0, out, 0, start);
    System.arraycopy(middle, 0, out, start, middle.length);
    System.arraycopy(bytes, end, out, start + middle.length, bytes.length - end);
    return out;
  }
}
