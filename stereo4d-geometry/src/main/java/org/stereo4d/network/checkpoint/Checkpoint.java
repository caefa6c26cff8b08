package org.stereo4d.network.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.io.zip.ZipArchive;
import org.stereo4d.run.Limits;

/**
 * An open file of named tensors. Opening reads names and shapes; elements are read when a tensor is
 * asked for them. Any number of threads may read.
 *
 * {@snippet :
 * try (Checkpoint weights = Checkpoint.open(Path.of("NVDS_Stabilizer.pth"))) {
 *   float[] kernel = weights.within("module").tensor("edge_conv.0.weight").floats();
 * }
 * }
 */
public final class Checkpoint implements AutoCloseable {
  private static final int ZIP_MAGIC = 0x504b0304;

  private final Path path;
  private final Closeable resources;
  private final TensorCatalog catalog;
  private final String prefix;
  private final Set<String> names;

  private Checkpoint(Path path, Closeable resources, TensorCatalog catalog, String prefix) {
    this.path = path;
    this.resources = resources;
    this.catalog = catalog;
    this.prefix = prefix;
    Set<String> found = new LinkedHashSet<>();
    for (String name : catalog.names()) {
      if (name.startsWith(prefix)) {
        found.add(name.substring(prefix.length()));
      }
    }
    this.names = Collections.unmodifiableSet(found);
  }

  /** Opens a file under the default limits. */
  public static Checkpoint open(Path path) throws IOException {
    return open(path, Limits.DEFAULTS);
  }

  /**
   * Opens a file.
   *
   * @throws IOException if the file is of no known format or contradicts itself
   */
  public static Checkpoint open(Path path, Limits limits) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      ByteBuffer start = ByteBuffer.allocate(16);
      while (start.hasRemaining() && channel.read(start, start.position()) > 0) {}
      start.flip();
      if (start.remaining() >= 4 && start.getInt(0) == ZIP_MAGIC) {
        return openZip(path, channel, limits);
      }
      if (TorchLegacyFile.accepts(start)) {
        return new Checkpoint(path, channel, TorchLegacyFile.read(path, channel, limits), "");
      }
      if (SafetensorsFile.accepts(start, channel.size())) {
        return new Checkpoint(path, channel, SafetensorsFile.read(path, channel, limits), "");
      }
      throw new IOException(
          path + ": is no file of tensors; known are safetensors, PyTorch and npz");
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static Checkpoint openZip(Path path, FileChannel channel, Limits limits)
      throws IOException {
    ZipArchive zip = ZipArchive.open(path, limits);
    try {
      Optional<String> folder = TorchZipFile.folder(zip);
      if (folder.isPresent()) {
        TensorCatalog catalog = TorchZipFile.read(path, channel, zip, folder.get(), limits);
        return new Checkpoint(path, () -> closeBoth(channel, zip::close), catalog, "");
      }
      if (zip.members().stream().noneMatch(member -> member.name().endsWith(".npy"))) {
        throw new IOException(
            path + ": is a zip archive without tensors, expected FOLDER/data.pkl or .npy members");
      }
      NpzFile npz = NpzFile.open(path, limits);
      try {
        TensorCatalog catalog = NpzTensors.read(path, npz, limits);
        zip.close();
        return new Checkpoint(path, () -> closeBoth(channel, npz::close), catalog, "");
      } catch (IOException | RuntimeException e) {
        npz.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static void closeBoth(Closeable first, Closeable second) throws IOException {
    try (second) {
      first.close();
    }
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** Names of the tensors, in the order of the file. */
  public Set<String> names() {
    return names;
  }

  /** Whether there is a tensor of a name. */
  public boolean has(String name) {
    return names.contains(name);
  }

  /**
   * A tensor.
   *
   * @throws IOException if there is none of that name, its sizes do not fit the file, or it lies in
   *     an object that is not read; the message names the class
   */
  public CheckpointTensor tensor(String name) throws IOException {
    return catalog.tensor(prefix + name, name);
  }

  /**
   * The tensors inside one container, under names without it: {@code within("module")} has {@code
   * conv.weight} for {@code module.conv.weight}. It shares the file: closing either closes both.
   *
   * @throws IOException if no tensor lies inside
   */
  public Checkpoint within(String container) throws IOException {
    String inner = prefix + container + ".";
    Checkpoint view = new Checkpoint(path, resources, catalog, inner);
    if (view.names.isEmpty()) {
      throw new IOException(
          path + ": has no tensor inside " + prefix + container + catalog.reason(inner));
    }
    return view;
  }

  /**
   * The tensors inside a container if all are, else these: the prefix that training on several
   * devices adds may be there or not.
   */
  public Checkpoint withoutPrefix(String container) throws IOException {
    boolean all = !names.isEmpty();
    for (String name : names) {
      all &= name.startsWith(container + ".");
    }
    return all ? within(container) : this;
  }

  @Override
  public void close() throws IOException {
    resources.close();
  }

  @Override
  public String toString() {
    return "Checkpoint[" + path + ", " + names.size() + " tensors]";
  }
}
