package org.stereo4d.io.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.testing.Mutations;

/** MP4 files made by hand: every way in which offsets can move. */
class Mp4FileTest {
  private static final byte[] MEDIA = Containers.media(100);
  private static final SphericalMetadata VR180 = SphericalMetadata.vr180(StereoLayout.LEFT_RIGHT);

  @TempDir Path folder;

  private Path source(byte[]... parts) throws IOException {
    return Files.write(folder.resolve("source.mp4"), Containers.join(parts));
  }

  private Path patched(Path source, SphericalMetadata metadata) throws IOException {
    Path target = folder.resolve("target.mp4");
    SphericalVideo.write(source, target, metadata);
    return target;
  }

  private static byte[] stco(int... offsets) {
    return Containers.box("stco", Containers.ints(0, offsets.length), Containers.ints(offsets));
  }

  private static byte[] moov(byte[]... tables) {
    return Containers.box(
        "moov", Containers.box("mvhd", new byte[100]), Containers.track(new byte[0], tables));
  }

  /** What the first offset of the first table points to, 4 bytes. */
  private static byte[] chunk(Path path, String table) throws IOException {
    byte[] file = Files.readAllBytes(path);
    int at = find(file, table);
    ByteBuffer in = ByteBuffer.wrap(file);
    long offset = table.equals("co64") ? in.getLong(at + 12) : in.getInt(at + 12);
    return Arrays.copyOfRange(file, (int) offset, (int) offset + 4);
  }

  private static int find(byte[] file, String type) {
    String text = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    int at = text.indexOf(type);
    assertThat(at).as(type).isPositive();
    return at;
  }

  private static byte[] firstMedia() {
    return Arrays.copyOf(MEDIA, 4);
  }

  /** moov first, whose size does not depend on the offset stored in it. */
  private Path moovFirst(byte[] between) throws IOException {
    int offset = Containers.ftyp().length + moov(stco(0)).length + between.length + 8;
    return source(Containers.ftyp(), moov(stco(offset)), between, Containers.box("mdat", MEDIA));
  }

  @Test
  void write_moovInFrontOfMedia_movesTheOffsets() throws IOException {
    Path source = moovFirst(new byte[0]);
    assertThat(chunk(source, "stco")).isEqualTo(firstMedia());
    Path target = patched(source, VR180);
    assertThat(Files.size(target)).isGreaterThan(Files.size(source));
    assertThat(chunk(target, "stco")).isEqualTo(firstMedia());
    assertThat(SphericalVideo.read(target)).isEqualTo(VR180);
    assertThat(tail(target)).isEqualTo(MEDIA);
  }

  private static byte[] tail(Path path) throws IOException {
    byte[] file = Files.readAllBytes(path);
    return Arrays.copyOfRange(file, file.length - MEDIA.length, file.length);
  }

  @Test
  void write_freeBoxBehindMoov_takesTheGrowth() throws IOException {
    Path source = moovFirst(Containers.box("free", new byte[500]));
    Path target = patched(source, VR180);
    assertThat(Files.size(target)).isEqualTo(Files.size(source));
    assertThat(chunk(target, "stco")).isEqualTo(firstMedia());
    assertThat(SphericalVideo.read(target)).isEqualTo(VR180);
  }

  @Test
  void write_freeBoxOfExactlyTheGrowth_disappears() throws IOException {
    long plain = Files.size(moovFirst(new byte[0]));
    int growth = (int) (Files.size(patched(moovFirst(new byte[0]), VR180)) - plain);
    Path source = moovFirst(Containers.box("free", new byte[growth - 8]));
    Path target = patched(source, VR180);
    assertThat(Files.size(target)).isEqualTo(plain + growth);
    assertThat(chunk(target, "stco")).isEqualTo(firstMedia());
    Path tooSmall = moovFirst(Containers.box("free", new byte[growth - 7]));
    assertThat(chunk(patched(tooSmall, VR180), "stco")).isEqualTo(firstMedia());
  }

  @Test
  void write_moovBehindMedia_leavesOffsets() throws IOException {
    int offset = Containers.ftyp().length + 8;
    Path source = source(Containers.ftyp(), Containers.box("mdat", MEDIA), moov(stco(offset)));
    Path target = patched(source, VR180);
    assertThat(chunk(target, "stco")).isEqualTo(firstMedia());
    assertThat(SphericalVideo.read(target)).isEqualTo(VR180);
    byte[] before = Files.readAllBytes(source);
    byte[] after = Files.readAllBytes(target);
    int start = offset + MEDIA.length;
    assertThat(Arrays.copyOf(after, start)).isEqualTo(Arrays.copyOf(before, start));
  }

  @Test
  void write_mediaOnBothSides_movesOnlyWhatIsBehind() throws IOException {
    int front = Containers.ftyp().length + 8;
    int back = front + MEDIA.length + moov(stco(0, 0)).length + 8;
    Path source =
        source(
            Containers.ftyp(),
            Containers.box("mdat", MEDIA),
            moov(stco(back + 4, front)),
            Containers.box("mdat", MEDIA));
    Path target = patched(source, VR180);
    byte[] file = Files.readAllBytes(target);
    int at = find(file, "stco");
    ByteBuffer in = ByteBuffer.wrap(file);
    assertThat(in.getInt(at + 16)).isEqualTo(front);
    int moved = in.getInt(at + 12);
    assertThat(Arrays.copyOfRange(file, moved, moved + 4))
        .isEqualTo(Arrays.copyOfRange(MEDIA, 4, 8));
  }

  @Test
  void write_co64AndLargeMdatHeader_areMoved() throws IOException {
    byte[] table = Containers.box("co64", Containers.ints(0, 1, 0, 0));
    int offset = Containers.ftyp().length + moov(table).length + 16;
    byte[] filled = Containers.box("co64", Containers.ints(0, 1, 0, offset));
    byte[] largeMdat =
        Containers.join(
            Containers.ints(1), "mdat".getBytes(), Containers.ints(0, 16 + MEDIA.length), MEDIA);
    Path target = patched(source(Containers.ftyp(), moov(filled), largeMdat), VR180);
    assertThat(chunk(target, "co64")).isEqualTo(firstMedia());
  }

  @Test
  void write_mdatUntilTheEndOfTheFile_isKept() throws IOException {
    int offset = Containers.ftyp().length + moov(stco(0)).length + 8;
    byte[] openMdat = Containers.join(Containers.ints(0), "mdat".getBytes(), MEDIA);
    Path target = patched(source(Containers.ftyp(), moov(stco(offset)), openMdat), VR180);
    assertThat(chunk(target, "stco")).isEqualTo(firstMedia());
  }

  @Test
  void offsetTable_overflow_becomesCo64() throws IOException {
    Mp4Box stco = new Mp4Box("stco", Containers.ints(0, 3, 100, -8, 5000));
    OffsetTable.of(stco, Path.of("x")).move(16, 1000);
    assertThat(stco.type()).isEqualTo("co64");
    ByteBuffer in = ByteBuffer.wrap(stco.lead());
    assertThat(in.getInt(4)).isEqualTo(3);
    assertThat(in.getLong(8)).isEqualTo(100);
    assertThat(in.getLong(16)).isEqualTo(0xfffffff8L + 16);
    assertThat(in.getLong(24)).isEqualTo(5016);
  }

  @Test
  void offsetTable_saio_movesBehindItsAuxiliaryType() throws IOException {
    Mp4Box saio = new Mp4Box("saio", Containers.ints(1, 7, 7, 1, 5000));
    OffsetTable.of(saio, Path.of("x")).move(16, 1000);
    assertThat(saio.lead()).isEqualTo(Containers.ints(1, 7, 7, 1, 5016));
    Mp4Box full = new Mp4Box("saio", Containers.ints(0, 1, -8));
    assertThatThrownBy(() -> OffsetTable.of(full, Path.of("x")).move(16, 1000))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("overflow");
  }

  @Test
  void write_fragments_moveTheirBaseAndIndex() throws IOException {
    int moovEnd = Containers.ftyp().length + moov(stco()).length;
    byte[] tfhdHead = Containers.ints(1, 1, 0);
    int moofSize = 8 + 8 + 8 + tfhdHead.length + 4;
    int base = moovEnd + moofSize + 8;
    byte[] moof =
        Containers.box(
            "moof",
            Containers.box("traf", Containers.box("tfhd", tfhdHead, Containers.ints(base))));
    assertThat(moof).hasSize(moofSize);
    byte[] tfra = Containers.box("tfra", Containers.ints(0, 1, 0, 1, 0, moovEnd), new byte[3]);
    Path source =
        source(
            Containers.ftyp(),
            moov(stco()),
            moof,
            Containers.box("mdat", MEDIA),
            Containers.box("mfra", tfra));
    byte[] file = Files.readAllBytes(patched(source, VR180));
    ByteBuffer in = ByteBuffer.wrap(file);
    int moved = (int) in.getLong(find(file, "tfhd") + 12);
    assertThat(Arrays.copyOfRange(file, moved, moved + 4)).isEqualTo(firstMedia());
    int indexed = in.getInt(find(file, "tfra") + 24);
    assertThat(new String(file, indexed + 4, 4)).isEqualTo("moof");
  }

  @Test
  void write_boxes_standBeforePasp_st3dFirst_andAreReplacedOnce() throws IOException {
    Path first = patched(moovFirst(new byte[0]), VR180);
    Path again = folder.resolve("again.mp4");
    SphericalMetadata other =
        new SphericalMetadata(
            Optional.of(StereoLayout.TOP_BOTTOM),
            Optional.of(new Projection.Cubemap(0, 5)),
            10,
            -20,
            30.5,
            "t\u00f6\u00f6l");
    SphericalVideo.write(first, again, other);
    assertThat(SphericalVideo.read(again)).isEqualTo(other);
    byte[] file = Files.readAllBytes(again);
    int st3d = find(file, "st3d");
    assertThat(find(file, "avcC")).isLessThan(st3d);
    assertThat(st3d).isLessThan(find(file, "sv3d"));
    assertThat(find(file, "sv3d")).isLessThan(find(file, "pasp"));
    String text = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(text.indexOf("st3d", st3d + 1)).isNegative();
    assertThat(chunk(again, "stco")).isEqualTo(firstMedia());
  }

  @Test
  void write_none_removesBoxes_andTheFileReadsAsBefore() throws IOException {
    Path source = moovFirst(new byte[0]);
    Path marked = patched(source, VR180);
    Path back = folder.resolve("back.mp4");
    SphericalVideo.write(marked, back, SphericalMetadata.NONE);
    assertThat(SphericalVideo.read(back)).isEqualTo(SphericalMetadata.NONE);
    assertThat(chunk(back, "stco")).isEqualTo(firstMedia());
  }

  @Test
  void write_overItself_replacesTheFile() throws IOException {
    Path source = moovFirst(new byte[0]);
    SphericalVideo.write(source, source, VR180);
    assertThat(SphericalVideo.read(source)).isEqualTo(VR180);
    assertThat(chunk(source, "stco")).isEqualTo(firstMedia());
  }

  @Test
  void write_v1Note_isBlanked() throws IOException {
    byte[] uuid = {
      (byte) 0xff,
      (byte) 0xcc,
      (byte) 0x82,
      0x63,
      (byte) 0xf8,
      0x55,
      0x4a,
      (byte) 0x93,
      (byte) 0x88,
      0x14,
      0x58,
      0x7a,
      0x02,
      0x52,
      0x1f,
      (byte) 0xdd
    };
    byte[] track = Containers.track(new byte[0], stco(0));
    byte[] noted = Arrays.copyOf(track, track.length);
    byte[] note = Containers.box("uuid", uuid, "<xml/>".getBytes());
    byte[] trak = Containers.box("trak", Arrays.copyOfRange(noted, 8, noted.length), note);
    Path source =
        source(Containers.ftyp(), Containers.box("moov", trak), Containers.box("mdat", MEDIA));
    byte[] file = Files.readAllBytes(patched(source, VR180));
    String text = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(text).doesNotContain("uuid").contains("free");
  }

  @Test
  void write_whatMp4CannotSay_isRefused() throws IOException {
    Path source = moovFirst(new byte[0]);
    assertThatThrownBy(() -> patched(source, SphericalMetadata.flat(StereoLayout.BOTTOM_TOP)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("BOTTOM_TOP");
    SphericalMetadata plain =
        SphericalMetadata.spherical(StereoLayout.MONO, new Projection.Rectilinear());
    assertThatThrownBy(() -> patched(source, plain)).hasMessageContaining("Rectilinear");
    assertThat(folder.resolve("target.mp4")).doesNotExist();
  }

  @Test
  void read_badFiles_areRefused() throws IOException {
    assertRefused("no moov", Containers.ftyp());
    assertRefused("no video track", Containers.ftyp(), Containers.box("moov"));
    assertRefused("ends at", new byte[3]);
    assertRefused("size 3", Containers.ints(3, 0));
    assertRefused("cut off", Containers.ftyp(), Containers.ints(500), "moov".getBytes());
    byte[] badMode = Containers.box("st3d", Containers.ints(0), new byte[] {9});
    assertRefused("stereo mode 9", Containers.box("moov", Containers.track(badMode)));
    byte[] noProj = Containers.box("sv3d", Containers.box("svhd", new byte[5]));
    assertRefused("no proj", Containers.box("moov", Containers.track(noProj)));
    byte[] equi = Containers.box("equi", Containers.ints(0, 0, 0, -1, 1));
    byte[] cropped = Containers.box("sv3d", Containers.box("proj", equi));
    assertRefused("leave something", Containers.box("moov", Containers.track(cropped)));
    byte[] nested = new byte[0];
    for (int i = 0; i < 100_000; i++) {
      // boxes within boxes: sizes count down to the innermost
      nested = i % 1000 == 0 ? Containers.box("trak", nested) : nested;
    }
    assertRefused("no video track", Containers.box("moov", nested));
  }

  private void assertRefused(String reason, byte[]... parts) throws IOException {
    Path source = source(parts);
    assertThatThrownBy(() -> SphericalVideo.read(source))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("source.mp4")
        .hasMessageContaining(reason);
  }

  @Test
  void read_deeplyNestedBoxes_doNotOverflowTheStack() throws IOException {
    int depth = 200_000;
    ByteBuffer file = ByteBuffer.allocate(8 * (depth + 1));
    file.putInt(8 * (depth + 1)).put("moov".getBytes());
    for (int i = depth; i > 0; i--) {
      file.putInt(8 * i).put("trak".getBytes());
    }
    assertRefused("no video track", file.array());
  }

  @Test
  void damagedFiles_areReadOrRefused() throws Exception {
    Path good = patched(moovFirst(Containers.box("free", new byte[20])), VR180);
    Mutations.Outcome outcome =
        Mutations.survives(
            good,
            16,
            damaged -> {
              SphericalVideo.read(damaged);
              SphericalVideo.write(damaged, folder.resolve("out.mp4"), VR180);
            });
    assertThat(outcome.refused()).isGreaterThan(500);
  }
}
