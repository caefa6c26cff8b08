package org.stereo4d.io.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stereo4d.testing.Mutations;

/** Matroska files made by hand: every way in which positions can move. */
class MatroskaFileTest {
  private static final SphericalMetadata VR180 =
      noTool(SphericalMetadata.vr180(StereoLayout.LEFT_RIGHT));
  private static final long INFO = 0x1549a966L;
  private static final long EBML = 0x1a45dfa3L;

  @TempDir Path folder;

  /** Matroska does not keep the name of the tool. */
  private static SphericalMetadata noTool(SphericalMetadata m) {
    return new SphericalMetadata(
        m.layout(), m.projection(), m.yawDegrees(), m.pitchDegrees(), m.rollDegrees(), "");
  }

  private static byte[] tracks(boolean checksum) {
    byte[] entry =
        Containers.element(
            EbmlElement.TRACK_ENTRY,
            Containers.number(0xd7, 1, 1),
            Containers.number(EbmlElement.TRACK_TYPE, 1, 1),
            Containers.element(EbmlElement.VIDEO, Containers.number(0xb0, 2, 640)));
    if (!checksum) {
      return Containers.element(EbmlElement.TRACKS, entry);
    }
    CRC32 crc = new CRC32();
    crc.update(entry);
    byte[] stored =
        ByteBuffer.allocate(4).putInt(Integer.reverseBytes((int) crc.getValue())).array();
    return Containers.element(
        EbmlElement.TRACKS, Containers.element(EbmlElement.CRC_32, stored), entry);
  }

  private static byte[] seek(long id, long position, int width) {
    byte[] idBytes = ByteBuffer.allocate(4).putInt((int) id).array();
    return Containers.element(
        EbmlElement.SEEK,
        Containers.element(EbmlElement.SEEK_ID, idBytes),
        Containers.number(EbmlElement.SEEK_POSITION, width, position));
  }

  private static byte[] cluster(int timecode, int position) {
    return Containers.element(
        MatroskaFile.CLUSTER,
        Containers.number(0xe7, 1, timecode),
        Containers.number(0xa7, 2, position),
        Containers.element(0xa3, Containers.media(30)));
  }

  private static byte[] cues(long first, long second, int width) {
    return Containers.element(
        EbmlElement.CUES, cuePoint(0, first, width), cuePoint(1, second, width));
  }

  private static byte[] cuePoint(int time, long position, int width) {
    return Containers.element(
        EbmlElement.CUE_POINT,
        Containers.number(0xb3, 1, time),
        Containers.element(
            EbmlElement.CUE_TRACK_POSITIONS,
            Containers.number(0xf7, 1, 1),
            Containers.number(EbmlElement.CUE_CLUSTER_POSITION, width, position)));
  }

  /** SeekHead, Info, a Void of some bytes (or none), Tracks, two clusters, Cues. */
  private Path file(int voidBytes, boolean checksum, boolean knownSize) throws IOException {
    int width = voidBytes == 0 ? 1 : 2; // without a gap all positions fit one byte
    byte[] info = Containers.element(INFO, Containers.number(0x2ad7b1, 3, 1_000_000));
    byte[] gap =
        voidBytes == 0
            ? new byte[0]
            : Containers.element(EbmlElement.VOID, new byte[voidBytes - 2]);
    byte[] tracks = tracks(checksum);
    int seekHead =
        Containers.element(
                EbmlElement.SEEK_HEAD,
                seek(INFO, 0, width),
                seek(EbmlElement.TRACKS, 0, width),
                seek(EbmlElement.CUES, 0, width))
            .length;
    int tracksAt = seekHead + info.length + gap.length;
    int first = tracksAt + tracks.length;
    int second = first + cluster(0, 0).length;
    int cuesAt = second + cluster(1, 0).length;
    byte[] body =
        Containers.join(
            Containers.element(
                EbmlElement.SEEK_HEAD,
                seek(INFO, seekHead, width),
                seek(EbmlElement.TRACKS, tracksAt, width),
                seek(EbmlElement.CUES, cuesAt, width)),
            info,
            gap,
            tracks,
            cluster(0, first),
            cluster(1, second),
            cues(first, second, width));
    byte[] ebml = Containers.element(EBML, Containers.number(0x4286, 1, 1));
    byte[] segment;
    if (knownSize) {
      segment = Containers.element(MatroskaFile.SEGMENT, body);
    } else {
      byte[] unknown = {0x18, 0x53, (byte) 0x80, 0x67, 0x01, -1, -1, -1, -1, -1, -1, -1};
      segment = Containers.join(unknown, body);
    }
    return Files.write(folder.resolve("source.mkv"), Containers.join(ebml, segment));
  }

  private Path patched(Path source, SphericalMetadata metadata) throws IOException {
    Path target = folder.resolve("target.mkv");
    SphericalVideo.write(source, target, metadata);
    return target;
  }

  /** Follows every stored position and demands that it points to what it names. */
  private static void assertPositionsHold(Path path) throws IOException {
    byte[] file = Files.readAllBytes(path);
    ByteBuffer in = ByteBuffer.wrap(file);
    EbmlHeader ebml = EbmlHeader.read(in, "test");
    in.position((int) (in.position() + ebml.size()));
    EbmlHeader segment = EbmlHeader.read(in, "test");
    int start = in.position();
    if (segment.size() >= 0) {
      assertThat(start + segment.size()).isEqualTo(file.length);
    }
    int seeks = 0;
    int clusters = 0;
    while (in.hasRemaining()) {
      int at = in.position();
      EbmlHeader header = EbmlHeader.read(in, "test");
      in.position(at);
      EbmlElement element = EbmlElement.parse(in, "test");
      if (header.id() == EbmlElement.SEEK_HEAD) {
        for (EbmlElement seek : element.children()) {
          long id = seek.child(EbmlElement.SEEK_ID).orElseThrow().unsigned().orElseThrow();
          long position =
              seek.child(EbmlElement.SEEK_POSITION).orElseThrow().unsigned().orElseThrow();
          assertThat(idAt(file, start + position)).isEqualTo(id);
          seeks++;
        }
      } else if (header.id() == EbmlElement.CUES) {
        for (EbmlElement cue : element.children()) {
          EbmlElement track = cue.child(EbmlElement.CUE_TRACK_POSITIONS).orElseThrow();
          long position =
              track.child(EbmlElement.CUE_CLUSTER_POSITION).orElseThrow().unsigned().orElseThrow();
          assertThat(idAt(file, start + position)).isEqualTo(MatroskaFile.CLUSTER);
        }
      } else if (header.id() == MatroskaFile.CLUSTER) {
        ByteBuffer body = ByteBuffer.wrap(element.data());
        EbmlElement timecode = EbmlElement.parse(body, "test");
        assertThat(timecode.unsigned()).contains((long) clusters);
        assertThat(EbmlElement.parse(body, "test").unsigned()).contains((long) at - start);
        assertThat(EbmlElement.parse(body, "test").data()).isEqualTo(Containers.media(30));
        clusters++;
      }
    }
    assertThat(seeks).isEqualTo(3);
    assertThat(clusters).isEqualTo(2);
  }

  private static long idAt(byte[] file, long position) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(file).position((int) position);
    return EbmlHeader.read(in, "test").id();
  }

  @Test
  void write_withoutRoom_movesEveryPosition() throws IOException {
    for (boolean known : new boolean[] {true, false}) {
      Path source = file(0, false, known);
      assertPositionsHold(source);
      Path target = patched(source, VR180);
      assertThat(Files.size(target)).isGreaterThan(Files.size(source));
      assertPositionsHold(target);
      assertThat(SphericalVideo.read(target)).isEqualTo(VR180);
    }
  }

  @Test
  void write_positionsThatNeedMoreBytes_moveOnceMore() throws IOException {
    // a mesh of 300 bytes moves positions of one byte beyond 255
    Projection mesh = new Projection.Mesh("raw ", Containers.media(300));
    SphericalMetadata metadata = noTool(SphericalMetadata.spherical(StereoLayout.MONO, mesh));
    Path target = patched(file(0, false, true), metadata);
    assertPositionsHold(target);
    SphericalMetadata back = SphericalVideo.read(target);
    assertThat(((Projection.Mesh) back.projection().orElseThrow()).data())
        .isEqualTo(Containers.media(300));
  }

  @Test
  void write_voidInFront_takesTheGrowth() throws IOException {
    Path source = file(120, false, true);
    Path target = patched(source, VR180);
    assertThat(Files.size(target)).isEqualTo(Files.size(source));
    assertPositionsHold(target);
    assertThat(SphericalVideo.read(target)).isEqualTo(VR180);
  }

  @Test
  void write_voidOfAnySize_keepsPositions() throws IOException {
    for (int bytes = 2; bytes < 110; bytes++) {
      Path target = patched(file(bytes, false, true), VR180);
      assertPositionsHold(target);
      assertThat(SphericalVideo.read(target)).isEqualTo(VR180);
    }
  }

  @Test
  void write_checksumOfTracks_isRenewed() throws IOException {
    Path target = patched(file(0, true, true), VR180);
    byte[] file = Files.readAllBytes(target);
    byte[] id = {0x16, 0x54, (byte) 0xae, 0x6b};
    // the seek head names the id first
    int at =
        new String(file, StandardCharsets.ISO_8859_1)
            .lastIndexOf(new String(id, StandardCharsets.ISO_8859_1));
    ByteBuffer in = ByteBuffer.wrap(file).position(at);
    EbmlHeader header = EbmlHeader.read(in, "test");
    int body = in.position();
    EbmlElement stored = EbmlElement.parse(in, "test");
    assertThat(stored.id()).isEqualTo(EbmlElement.CRC_32);
    CRC32 crc = new CRC32();
    crc.update(file, in.position(), (int) header.size() - (in.position() - body));
    assertThat(Integer.reverseBytes(ByteBuffer.wrap(stored.data()).getInt()))
        .isEqualTo((int) crc.getValue());
    assertPositionsHold(target);
  }

  private static int indexOf(byte[] file, byte[] pattern) {
    return new String(file, StandardCharsets.ISO_8859_1)
        .indexOf(new String(pattern, StandardCharsets.ISO_8859_1));
  }

  @Test
  void write_replacesAndRemoves() throws IOException {
    Path marked = patched(file(0, false, true), VR180);
    Path other = folder.resolve("other.mkv");
    SphericalMetadata turned =
        new SphericalMetadata(
            Optional.of(StereoLayout.BOTTOM_TOP),
            Optional.of(new Projection.Equirectangular(0.125, 0, 0.25, 0.125)),
            12.5,
            -30,
            7,
            "");
    SphericalVideo.write(marked, other, turned);
    assertThat(SphericalVideo.read(other)).isEqualTo(turned);
    assertPositionsHold(other);
    SphericalVideo.write(other, marked, SphericalMetadata.NONE);
    assertThat(SphericalVideo.read(marked)).isEqualTo(SphericalMetadata.NONE);
    assertPositionsHold(marked);
  }

  @Test
  void write_everyLayoutMatroskaKnows_roundTrips() throws IOException {
    Path source = file(0, false, true);
    for (StereoLayout layout : StereoLayout.values()) {
      SphericalMetadata flat = noTool(SphericalMetadata.flat(layout));
      if (layout == StereoLayout.BY_MESH) {
        assertThatThrownBy(() -> patched(source, flat))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("BY_MESH");
      } else {
        assertThat(SphericalVideo.read(patched(source, flat))).isEqualTo(flat);
      }
    }
  }

  @Test
  void read_clustersOfUnknownSize_areWalked() throws IOException {
    byte[] unknownCluster = {0x1f, 0x43, (byte) 0xb6, 0x75, -1};
    byte[] block = Containers.element(0xa3, Containers.media(20));
    byte[] body =
        Containers.join(
            Containers.element(INFO, Containers.number(0x2ad7b1, 3, 1)),
            tracks(false),
            unknownCluster,
            Containers.number(0xe7, 1, 0),
            block,
            unknownCluster,
            Containers.number(0xe7, 1, 1),
            block);
    byte[] segment = {0x18, 0x53, (byte) 0x80, 0x67, -1};
    byte[] ebml = Containers.element(EBML, Containers.number(0x4286, 1, 1));
    Path source = Files.write(folder.resolve("live.webm"), Containers.join(ebml, segment, body));
    assertThat(SphericalVideo.read(source)).isEqualTo(SphericalMetadata.NONE);
    Path target = patched(source, VR180);
    assertThat(SphericalVideo.read(target)).isEqualTo(VR180);
    byte[] before = Files.readAllBytes(source);
    byte[] after = Files.readAllBytes(target);
    int media = before.length - indexOf(before, unknownCluster);
    assertThat(java.util.Arrays.copyOfRange(after, after.length - media, after.length))
        .isEqualTo(java.util.Arrays.copyOfRange(before, before.length - media, before.length));
  }

  @Test
  void read_badFiles_areRefused() throws IOException {
    byte[] ebml = Containers.element(EBML, Containers.number(0x4286, 1, 1));
    assertRefused("no Segment", ebml);
    assertRefused("no Tracks", ebml, Containers.element(MatroskaFile.SEGMENT));
    byte[] noVideo = Containers.element(EbmlElement.TRACKS);
    assertRefused("no video track", ebml, Containers.element(MatroskaFile.SEGMENT, noVideo));
    byte[] badMode =
        Containers.element(
            EbmlElement.TRACKS,
            Containers.element(
                EbmlElement.TRACK_ENTRY,
                Containers.number(EbmlElement.TRACK_TYPE, 1, 1),
                Containers.element(
                    EbmlElement.VIDEO, Containers.number(EbmlElement.STEREO_MODE, 1, 10))));
    assertRefused("StereoMode", ebml, Containers.element(MatroskaFile.SEGMENT, badMode));
  }

  private void assertRefused(String reason, byte[]... parts) throws IOException {
    Path source = Files.write(folder.resolve("bad.mkv"), Containers.join(parts));
    assertThatThrownBy(() -> SphericalVideo.read(source))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bad.mkv")
        .hasMessageContaining(reason);
  }

  @Test
  void damagedFiles_areReadOrRefused() throws Exception {
    Path good = patched(file(30, true, true), VR180);
    Mutations.Outcome outcome =
        Mutations.survives(
            good,
            17,
            damaged -> {
              SphericalVideo.read(damaged);
              SphericalVideo.write(damaged, folder.resolve("out.mkv"), VR180);
            });
    assertThat(outcome.refused()).isGreaterThan(500);
  }
}
