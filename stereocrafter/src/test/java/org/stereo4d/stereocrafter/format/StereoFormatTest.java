package org.stereo4d.stereocrafter.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.StereoPair;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.io.npy.NpyType;
import org.stereo4d.io.npy.NpzFile;
import org.stereo4d.warp.PlainRemapper;

class StereoFormatTest {
  /** A byte is the nearest level, of VR180 by other fractions of the cubic. */
  private static final float LEVEL = 1.01f / 255;

  private static StereoPair pair(int width, int height) {
    ImageSize size = new ImageSize(width, height);
    ByteImage left = ByteImage.create(size, 3);
    ByteImage right = ByteImage.create(size, 3);
    new Random(1).nextBytes(left.array());
    new Random(2).nextBytes(right.array());
    return new StereoPair(left, right);
  }

  @ParameterizedTest
  @EnumSource(
      value = StereoFormat.class,
      names = {"FULL_SIDE_BY_SIDE", "FULL_TOP_BOTTOM", "CROSS_EYED"})
  void unpack_ofAFullFormat_isThePair(StereoFormat format) {
    StereoPair pair = pair(7, 5);
    assertThat(format.unpack(format.pack(pair))).isEqualTo(pair);
  }

  @ParameterizedTest
  @EnumSource(StereoFormat.class)
  void pack_constantEyes_staysConstantAtAnySize(StereoFormat format) {
    StereoPair pair =
        new StereoPair(
            ByteImage.create(new ImageSize(7, 6), 3), ByteImage.create(new ImageSize(7, 6), 3));
    Arrays.fill(pair.left().array(), (byte) 99);
    Arrays.fill(pair.right().array(), (byte) 200);
    StereoPair got = format.unpack(format.pack(pair));
    assertThat(got.left().contiguous()).containsOnly(99);
    assertThat(got.right().contiguous()).containsOnly((byte) 200);
    assertThat(format.pack(pair).size()).isEqualTo(format.frameSize(new ImageSize(7, 6)));
  }

  /** All there are, for eyes of a size. */
  private static List<Packing> packings(ImageSize eye) {
    List<Packing> out = new ArrayList<>();
    for (StereoFormat format : StereoFormat.values()) {
      out.add(Packing.of(format));
    }
    for (Anaglyph anaglyph : Anaglyph.values()) {
      out.add(Packing.of(anaglyph));
    }
    out.add(Packing.ofVr180(eye, 90));
    return out;
  }

  @Test
  void pack_floats_roundToThePackedBytes() {
    StereoPair pair = pair(13, 9);
    FloatImage left = pair.left().toFloat();
    FloatImage right = pair.right().toFloat();
    for (Packing packing : packings(pair.left().size())) {
      FloatImage floats = packing.pack(left, right);
      float[] bytes = packing.pack(pair).toFloat().array();
      assertThat(floats.size()).isEqualTo(packing.frameSize(left.size()));
      for (int i = 0; i < bytes.length; i++) {
        assertThat(floats.array()[i]).as(packing.suffix()).isCloseTo(bytes[i], within(LEVEL));
      }
    }
  }

  @Test
  void pack_floatsOfTwoShapes_areRefused() {
    FloatImage left = FloatImage.create(new ImageSize(4, 4), 3);
    FloatImage right = FloatImage.create(new ImageSize(5, 4), 3);
    for (Packing packing : packings(left.size())) {
      assertThatThrownBy(() -> packing.pack(left, right))
          .as(packing.suffix())
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void project_centreOfASmallAngle_keepsTheSlope() {
    ImageSize size = new ImageSize(90, 60);
    FloatImage ramp = FloatImage.create(size, 1);
    for (int y = 0; y < 60; y++) {
      for (int x = 0; x < 90; x++) {
        ramp.set(x, y, 0, x / 89f);
      }
    }
    FloatImage sphere = Vr180Picture.of(size, 60, PlainRemapper.INSTANCE).project(ramp);
    int middle = sphere.width() / 2;
    float slope = sphere.at(middle + 3, middle, 0) - sphere.at(middle - 3, middle, 0);
    // d x / d X at the centre: (pi / 2) / tan 30 degrees in units of half a picture
    double expected = 6 * 2.0 / (sphere.width() - 1) * Math.PI / 2 / Math.tan(Math.PI / 6) / 2;
    assertThat((double) slope).isBetween(0.95 * expected, 1.05 * expected);
    assertThat(sphere.at(0, 0, 0)).isZero();
  }

  @Test
  void fitAndRestore_oddSize_givesTheSizeBack() {
    ByteImage image = pair(131, 70).left();
    ByteImage padded = FitPolicy.PAD_REFLECT.fit(image, 64);
    assertThat(padded.size()).isEqualTo(new ImageSize(192, 128));
    assertThat(FitPolicy.PAD_REFLECT.restore(padded, image.size())).isEqualTo(image);
    assertThat(padded.at(131, 0, 1)).isEqualTo(image.at(129, 0, 1));
    assertThatThrownBy(() -> FitPolicy.CROP.fit(image, 128))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("70");
  }

  @Test
  void names_followPlayersAndReference() {
    assertThat(OutputNames.forPlayers(Path.of("a", "b.mkv"), "_LR"))
        .isEqualTo(Path.of("a", "b_LR.mp4"));
    assertThat(OutputNames.ofReference(Path.of("x_splatting_results.mp4"), "sbs"))
        .isEqualTo(Path.of("x_inpainting_results_sbs.mp4"));
  }

  @Test
  void eyeShift_positive_padsTheLeftEyeOnItsLeft() {
    StereoPair shifted = new EyeShift(10).apply(pair(20, 4));
    assertThat(shifted.left().width()).isEqualTo(26);
    assertThat(shifted.left().at(3, 0, 0)).isZero();
    assertThat(shifted.left().crop(4, 0, new ImageSize(20, 4))).isEqualTo(pair(20, 4).left());
    assertThat(shifted.right().crop(2, 0, new ImageSize(20, 4))).isEqualTo(pair(20, 4).right());
  }

  @Test
  void grids_inAnArchive_areThePackedPictures(@TempDir Path folder) throws IOException {
    ImageSize size = new ImageSize(6, 4);
    List<SplatGrid> grids = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      ByteImage picture = ByteImage.create(size, 3);
      Arrays.fill(picture.array(), (byte) (80 * t + 7));
      grids.add(new SplatGrid(picture, picture, ByteImage.create(size, 1), picture));
    }
    for (boolean isDouble : new boolean[] {false, true}) {
      Path file = folder.resolve(isDouble + ".npz");
      SplatGrid.write(file, size, 3, isDouble, grids.iterator());
      try (NpzFile npz = NpzFile.open(file)) {
        NpyArray array = npz.array("video_grid");
        assertThat(array.type()).isEqualTo(isDouble ? NpyType.FLOAT64 : NpyType.FLOAT32);
        assertThat(array.shape()).containsExactly(3, 8, 12, 3);
        int frame = 8 * 12 * 3;
        for (int t = 0; t < 3; t++) {
          assertThat(Arrays.copyOfRange(array.floats(), t * frame, (t + 1) * frame))
              .isEqualTo(grids.get(t).pack().toFloat().array());
        }
      }
    }
  }
}
