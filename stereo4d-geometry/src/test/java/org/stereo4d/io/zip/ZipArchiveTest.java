package org.stereo4d.io.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.run.Limits;
import org.stereo4d.testing.Mutations;

class ZipArchiveTest {
  private static final byte[] HELLO = "hello, archive".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** One stored member whose sizes and offset are only in zip64 fields, and a zip64 end record. */
  private Path zip64(long size, long offset) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(HELLO);
    byte[] name = {'a'};
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer local = little(31);
    local.putInt(0x04034b50).position(26);
    local.putShort((short) 1).putShort((short) 0).put(name);
    out.write(local.array());
    out.write(HELLO);
    int directoryAt = out.size();
    ByteBuffer entry = little(46 + 1 + 4 + 24);
    entry.putInt(0x02014b50).position(16);
    entry.putInt((int) crc.getValue()).putInt(-1).putInt(-1);
    entry.putShort((short) 1).putShort((short) 28).position(42);
    entry.putInt(-1).put(name);
    entry.putShort((short) 1).putShort((short) 24).putLong(size).putLong(size).putLong(offset);
    out.write(entry.array());
    int endAt = out.size();
    ByteBuffer end64 = little(56);
    end64.putInt(0x06064b50).putLong(44).position(24);
    end64.putLong(1).putLong(1).putLong(endAt - directoryAt).putLong(directoryAt);
    out.write(end64.array());
    out.write(little(20).putInt(0x07064b50).putInt(0).putLong(endAt).putInt(1).array());
    ByteBuffer end = little(22);
    end.putInt(0x06054b50).position(8);
    end.putShort((short) -1).putShort((short) -1).putInt(-1).putInt(-1);
    out.write(end.array());
    return Files.write(folder.resolve("large.zip"), out.toByteArray());
  }

  @Test
  void open_zip64_readsSizesAndOffsetsFromTheirLargeFields() throws IOException {
    try (ZipArchive zip = ZipArchive.open(zip64(HELLO.length, 0), Limits.DEFAULTS)) {
      ZipMember member = zip.member("a").orElseThrow();
      assertThat(member.bytes()).isEqualTo(HELLO.length);
      assertThat(zip.dataOffset(member)).isEqualTo(31);
      try (InputStream in = zip.read(member)) {
        assertThat(in.readAllBytes()).isEqualTo(HELLO);
      }
    }
  }

  @Test
  void open_zip64ThatPointsOutside_isRefused() throws IOException {
    long[][] bad = {{1L << 40, 0}, {-5, 0}, {HELLO.length, 1L << 50}, {HELLO.length, -1}};
    for (long[] b : bad) {
      Path path = zip64(b[0], b[1]);
      assertThatThrownBy(() -> ZipArchive.open(path, Limits.DEFAULTS))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("large.zip")
          .hasMessageContaining("member a");
    }
  }

  private Path deflated(byte[] content) throws IOException {
    Path path = folder.resolve("d.zip");
    try (OutputStream file = Files.newOutputStream(path);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry("folder/m"));
      zip.write(content);
      zip.closeEntry();
      zip.setComment("a comment behind the end record");
    }
    return path;
  }

  @Test
  void read_deflated_givesTheContent() throws IOException {
    byte[] content = new byte[200_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * i >> 7);
    }
    try (ZipArchive zip = ZipArchive.open(deflated(content), Limits.DEFAULTS);
        InputStream in = zip.read(zip.member("folder/m").orElseThrow())) {
      assertThat(in.readAllBytes()).isEqualTo(content);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void read_claimAboveWhatDeflateCanCode_isRefusedBeforeReading() throws IOException {
    Path path = deflated(HELLO);
    byte[] file = Files.readAllBytes(path);
    int entry = new String(file, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(entry + 24, 2_000_000_000);
    Files.write(path, file);
    try (ZipArchive zip = ZipArchive.open(path, Limits.DEFAULTS)) {
      ZipMember member = zip.member("folder/m").orElseThrow();
      assertThatThrownBy(() -> zip.read(member))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("2000000000");
    }
  }

  @Test
  void read_sizesThatLie_areNoticed() throws IOException {
    for (int change : new int[] {-1, 1}) {
      Path path = deflated(HELLO);
      byte[] file = Files.readAllBytes(path);
      int entry = new String(file, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
      ByteBuffer.wrap(file)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(entry + 24, HELLO.length + change);
      Files.write(path, file);
      try (ZipArchive zip = ZipArchive.open(path, Limits.DEFAULTS);
          InputStream in = zip.read(zip.member("folder/m").orElseThrow())) {
        assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void open_encryptedOrUnknownMethodOrTwins_areRefused() throws IOException {
    byte[] good = Files.readAllBytes(deflated(HELLO));
    int entry = new String(good, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    byte[] encrypted = good.clone();
    encrypted[entry + 8] |= 1;
    byte[] method = good.clone();
    method[entry + 10] = 12;
    assertRefused(encrypted, "encrypted");
    assertRefused(method, "method 12");
    assertRefused(new byte[0], "no zip archive");
  }

  private void assertRefused(byte[] file, String reason) throws IOException {
    Path path = Files.write(folder.resolve("bad.zip"), file);
    assertThatThrownBy(() -> ZipArchive.open(path, Limits.DEFAULTS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bad.zip")
        .hasMessageContaining(reason);
  }

  @Test
  void read_damagedArchives_areReadOrRefused() throws Exception {
    for (Path good : new Path[] {deflated(new byte[3000]), zip64(HELLO.length, 0)}) {
      Mutations.Outcome outcome =
          Mutations.survives(
              good,
              21,
              damaged -> {
                try (ZipArchive zip = ZipArchive.open(damaged, Limits.DEFAULTS)) {
                  for (ZipMember member : zip.members()) {
                    try (InputStream in = zip.read(member)) {
                      in.transferTo(OutputStream.nullOutputStream());
                    }
                  }
                }
              });
      assertThat(outcome.refused()).isGreaterThan(500);
    }
  }
}
