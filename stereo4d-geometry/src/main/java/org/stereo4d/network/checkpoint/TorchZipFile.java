package org.stereo4d.network.checkpoint;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.stereo4d.io.zip.ZipArchive;
import org.stereo4d.io.zip.ZipMember;
import org.stereo4d.network.checkpoint.Pickled.Storage;
import org.stereo4d.network.checkpoint.Pickled.Tensor;
import org.stereo4d.run.Limits;

/**
 * Reads PyTorch's zip container: one folder with {@code data.pkl}, the tree of objects, and {@code
 * data/KEY}, the bytes of each storage. Stored members are read in place.
 */
final class TorchZipFile {
  private static final String TREE = "/data.pkl";

  private final Path path;
  private final FileChannel channel;
  private final ZipArchive zip;
  private final String folder;
  private final ByteOrder order;
  private final Limits limits;

  private TorchZipFile(
      Path path,
      FileChannel channel,
      ZipArchive zip,
      String folder,
      ByteOrder order,
      Limits limits) {
    this.path = path;
    this.channel = channel;
    this.zip = zip;
    this.folder = folder;
    this.order = order;
    this.limits = limits;
  }

  /** The folder of the tree, if this archive has one. */
  static Optional<String> folder(ZipArchive zip) {
    return zip.members().stream()
        .map(ZipMember::name)
        .filter(name -> name.endsWith(TREE) && name.indexOf('/') == name.length() - TREE.length())
        .map(name -> name.substring(0, name.length() - TREE.length()))
        .findFirst();
  }

  static TensorCatalog read(
      Path path, FileChannel channel, ZipArchive zip, String folder, Limits limits)
      throws IOException {
    if (zip.members().stream().anyMatch(member -> member.name().startsWith(folder + "/code/"))) {
      throw new IOException(
          path + ": is a TorchScript program, expected a file of tensors; load it as a model");
    }
    TorchZipFile file =
        new TorchZipFile(path, channel, zip, folder, byteOrder(path, zip, folder), limits);
    TensorCatalog catalog = new TensorCatalog(path, channel.size(), limits);
    TensorTree tree = TensorTree.of(file.tree(), path.toString());
    tree.refused().forEach(catalog::refuse);
    for (Map.Entry<String, Tensor> entry : tree.tensors().entrySet()) {
      Tensor tensor = entry.getValue();
      catalog.add(
          entry.getKey(),
          tensor.type,
          tensor.sizes,
          tensor.strides,
          tensor.offset,
          () -> file.locate(tensor.storage, tensor.type));
    }
    return catalog;
  }

  private static ByteOrder byteOrder(Path path, ZipArchive zip, String folder) throws IOException {
    Optional<ZipMember> member = zip.member(folder + "/byteorder");
    if (member.isEmpty()) {
      return ByteOrder.LITTLE_ENDIAN;
    }
    try (InputStream in = zip.read(member.get())) {
      String text = new String(in.readNBytes(16), StandardCharsets.US_ASCII);
      return switch (text) {
        case "little" -> ByteOrder.LITTLE_ENDIAN;
        case "big" -> ByteOrder.BIG_ENDIAN;
        default ->
            throw new IOException(path + ": byteorder is '" + text + "', expected little or big");
      };
    }
  }

  private Object tree() throws IOException {
    ZipMember member = zip.member(folder + TREE).orElseThrow();
    String what = path + ": " + member.name();
    if (member.bytes() > PickleInput.MAX_BYTES) {
      throw new IOException(
          what + " has " + member.bytes() + " bytes, expected at most " + PickleInput.MAX_BYTES);
    }
    try (InputStream in = new BufferedInputStream(zip.read(member))) {
      byte[] bytes = in.readAllBytes();
      return PickleMachine.read(
          new PickleInput(new ByteArrayInputStream(bytes), bytes.length, what));
    }
  }

  private ByteRange locate(Storage storage, TensorType type) throws IOException {
    String name = folder + "/data/" + storage.key;
    ZipMember member =
        zip.member(name).orElseThrow(() -> new IOException(path + ": has no member " + name));
    int item = storage.type.map(TensorType::itemBytes).orElse(1);
    if (storage.count > member.bytes() / item) {
      throw new IOException(
          path
              + ": member "
              + name
              + " has "
              + member.bytes()
              + " bytes, expected "
              + storage.count
              + " elements of "
              + storage.type.orElse(type));
    }
    if (member.stored()) {
      return new ByteRange.OfFile(channel, zip.dataOffset(member), storage.count * item, order);
    }
    limits
        .withMaxMemberBytes(Math.min(limits.maxMemberBytes(), Integer.MAX_VALUE - 8))
        .requireBytes(member.bytes(), path + ": compressed member " + name);
    try (InputStream in = zip.read(member)) {
      return new ByteRange.OfArray(ByteBuffer.wrap(in.readAllBytes()).order(order));
    }
  }
}
