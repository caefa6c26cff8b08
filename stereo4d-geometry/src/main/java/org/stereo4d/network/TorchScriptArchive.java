package org.stereo4d.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Check;

/**
 * A TorchScript program made from source text: a module without weights, as the container stores it
 * (source, an empty object of the class, no constants).
 *
 * {@snippet :
 * TorchScriptArchive twice =
 *     TorchScriptArchive.ofMethods(
 *         """
 *         def forward(self, x: Tensor) -> Tensor:
 *           return torch.mul(x, 2)
 *         """);
 * }
 */
public final class TorchScriptArchive {
  private static final String CLASS = "Program";
  private static final String VERSION = "10\n"; // operators as of PyTorch 1.13 and later

  private final byte[] bytes;

  private TorchScriptArchive(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A program with the given methods, indented as in a file of their own.
   *
   * @param source {@code def name(self, x: Tensor) -> Tensor:} with bodies; only tensor operators
   *     and plain Python, since it is compiled by the engine, not by Python
   */
  public static TorchScriptArchive ofMethods(String source) {
    Check.that(source.contains("def forward(self"), "source must define forward(self, ...)");
    StringBuilder module = new StringBuilder();
    module.append("class ").append(CLASS).append("(Module):\n");
    module.append("  __parameters__ = []\n  __buffers__ = []\n  training : bool\n");
    String typed = source.replace("(self", "(self: __torch__." + CLASS);
    typed.lines().forEach(line -> module.append("  ").append(line).append('\n'));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      store(zip, "program/data.pkl", object());
      store(zip, "program/code/__torch__.py", module.toString().getBytes(StandardCharsets.UTF_8));
      store(zip, "program/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      store(zip, "program/version", VERSION.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a stream in memory
    }
    return new TorchScriptArchive(out.toByteArray());
  }

  /** A pickle of {@code Program.__new__(Program)} with the field training = False. */
  private static byte[] object() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x80, 2, 'c'});
    out.writeBytes(("__torch__\n" + CLASS + "\n").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[] {')', (byte) 0x81, '}', '(', 'X', 8, 0, 0, 0});
    out.writeBytes("training".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[] {(byte) 0x89, 'u', 'b', '.'});
    return out.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /** The bytes of the file. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Writes the file. */
  public void write(Path file) throws IOException {
    AtomicOutput.write(file, out -> out.write(bytes));
  }
}
