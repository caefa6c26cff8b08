package org.stereo4d.depth.sgm.vector;

import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.stereo4d.depth.sgm.CostInputs;
import org.stereo4d.depth.sgm.CostVolume;
import org.stereo4d.image.ByteImage;

/**
 * Costs of one row. Census words are made here, 32 or 64 pixels at a time, one plane per byte of
 * the word; the order of their bits is of no account to a Hamming distance. The right row is stored
 * reversed, so that the partners of growing disparities follow each other in memory.
 *
 * <p>Vectors stay inside the methods that make them: one that crosses a call which the compiler
 * does not inline costs an object.
 */
final class VectorCosts {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
  private static final int LANES = BYTES.length();
  private static final int HALF_WIDTH = 4;
  private static final int HALF_HEIGHT = 3;
  private static final int WORD_BYTES = 8;
  private static final int PLANES = WORD_BYTES + 3;
  private static final byte SIGN = (byte) 0x80;
  private static final byte ODD = 0x55;
  private static final byte PAIRS = 0x33;
  private static final byte NIBBLE = 0x0f;
  private static final byte COLOR = (byte) (255 >> CostInputs.COLOR_SHIFT);

  private VectorCosts() {}

  static void run(CostInputs inputs, int y, CostVolume volume) {
    int width = volume.width;
    int range = volume.range;
    int padded = up(range);
    int min = inputs.minDisparity();
    int front = Math.max(0, -min);
    byte[][] left = planes(inputs.left(), inputs.leftLuma(), y);
    byte[][] straight = planes(inputs.right(), inputs.rightLuma(), y);
    byte[][] right = new byte[PLANES][front + width + padded + Math.max(0, min)];
    for (int k = 0; k < PLANES; k++) {
      for (int x = 0; x < width; x++) {
        right[k][front + width - 1 - x] = straight[k][x];
      }
    }
    byte[] costs = new byte[padded];
    byte[] own = new byte[PLANES];
    for (int x = 0; x < width; x++) {
      for (int k = 0; k < PLANES; k++) {
        own[k] = left[k][x];
      }
      hamming(own, right, front + width - 1 - x + min, costs);
      addColors(own, right, front + width - 1 - x + min, costs);
      int first = Math.min(range, inputs.firstInside(x));
      int end = Math.max(first, inputs.endInside(x, range));
      Arrays.fill(costs, 0, first, CostInputs.OUTSIDE);
      Arrays.fill(costs, end, range, CostInputs.OUTSIDE);
      System.arraycopy(costs, 0, volume.cost, (y * width + x) * range, range);
    }
  }

  private static int up(int count) {
    return (count + LANES - 1) / LANES * LANES;
  }

  /** Eight planes of the census word and three of colour, shifted to signed order. */
  private static byte[][] planes(ByteImage image, ByteImage luma, int y) {
    int width = image.width();
    byte[][] rows = new byte[2 * HALF_HEIGHT + 1][];
    for (int j = 0; j < rows.length; j++) {
      int row = Math.max(0, Math.min(luma.height() - 1, y + j - HALF_HEIGHT));
      rows[j] = paddedRow(luma, row);
    }
    byte[][] out = new byte[PLANES][up(width)];
    census(rows, out);
    int step = image.channels() >= 3 ? 1 : 0;
    for (int c = 0; c < 3; c++) {
      for (int x = 0, i = image.index(0, y) + c * step; x < width; x++, i += image.channels()) {
        out[WORD_BYTES + c][x] = (byte) (image.array()[i] ^ SIGN);
      }
    }
    return out;
  }

  private static byte[] paddedRow(ByteImage luma, int y) {
    int width = luma.width();
    byte[] out = new byte[up(width) + 2 * HALF_WIDTH];
    int base = luma.index(0, y);
    for (int x = 0; x < out.length; x++) {
      int from = Math.max(0, Math.min(width - 1, x - HALF_WIDTH));
      out[x] = (byte) (luma.array()[base + from] ^ SIGN);
    }
    return out;
  }

  /** Bit after bit, a plane is doubled and one is added where the neighbour is darker. */
  private static void census(byte[][] rows, byte[][] planes) {
    byte[] middle = rows[HALF_HEIGHT];
    for (int x = 0; x < planes[0].length; x += LANES) {
      ByteVector center = ByteVector.fromArray(BYTES, middle, x + HALF_WIDTH);
      ByteVector plane = ByteVector.zero(BYTES);
      int bits = 0;
      for (int j = 0; j <= 2 * HALF_HEIGHT; j++) {
        byte[] row = rows[j];
        for (int i = 0; i <= 2 * HALF_WIDTH; i++) {
          if (j == HALF_HEIGHT && i == HALF_WIDTH) {
            continue;
          }
          VectorMask<Byte> darker =
              ByteVector.fromArray(BYTES, row, x + i).compare(VectorOperators.LT, center);
          plane = plane.add(plane).sub((ByteVector) darker.toVector());
          bits++;
          if (bits % 8 == 0) {
            plane.intoArray(planes[bits / 8 - 1], x);
            plane = ByteVector.zero(BYTES);
          }
        }
      }
      plane.intoArray(planes[WORD_BYTES - 1], x);
    }
  }

  /**
   * Hamming distances of one pixel. Full adders turn seven planes of differing bits into ones, twos
   * and fours; the bits of these and of the eighth plane are counted by halving sums. Shifts are
   * those of 32-bit lanes, since processors have no byte shifts: masks remove what crosses from the
   * next byte.
   */
  private static void hamming(byte[] left, byte[][] right, int at, byte[] out) {
    byte[] right0 = right[0];
    byte[] right1 = right[1];
    byte[] right2 = right[2];
    byte[] right3 = right[3];
    byte[] right4 = right[4];
    byte[] right5 = right[5];
    byte[] right6 = right[6];
    byte[] right7 = right[7];
    for (int d = 0; d < out.length; d += LANES) {
      ByteVector a = ByteVector.fromArray(BYTES, right0, at + d).lanewise(XOR, left[0]);
      ByteVector b = ByteVector.fromArray(BYTES, right1, at + d).lanewise(XOR, left[1]);
      ByteVector c = ByteVector.fromArray(BYTES, right2, at + d).lanewise(XOR, left[2]);
      ByteVector either = a.lanewise(XOR, b);
      ByteVector sum1 = either.lanewise(XOR, c);
      ByteVector carry1 = a.and(b).or(either.and(c));
      a = ByteVector.fromArray(BYTES, right3, at + d).lanewise(XOR, left[3]);
      b = ByteVector.fromArray(BYTES, right4, at + d).lanewise(XOR, left[4]);
      c = ByteVector.fromArray(BYTES, right5, at + d).lanewise(XOR, left[5]);
      either = a.lanewise(XOR, b);
      ByteVector sum2 = either.lanewise(XOR, c);
      ByteVector carry2 = a.and(b).or(either.and(c));
      c = ByteVector.fromArray(BYTES, right6, at + d).lanewise(XOR, left[6]);
      either = sum1.lanewise(XOR, sum2);
      ByteVector ones = either.lanewise(XOR, c);
      ByteVector carry3 = sum1.and(sum2).or(either.and(c));
      either = carry1.lanewise(XOR, carry2);
      ByteVector twos = either.lanewise(XOR, carry3);
      ByteVector fours = carry1.and(carry2).or(either.and(carry3));
      ByteVector last = ByteVector.fromArray(BYTES, right7, at + d).lanewise(XOR, left[7]);

      // two bits per field, up to 2
      ones = ones.sub(ones.reinterpretAsInts().lanewise(LSHR, 1).reinterpretAsBytes().and(ODD));
      last = last.sub(last.reinterpretAsInts().lanewise(LSHR, 1).reinterpretAsBytes().and(ODD));
      twos = twos.sub(twos.reinterpretAsInts().lanewise(LSHR, 1).reinterpretAsBytes().and(ODD));
      fours = fours.sub(fours.reinterpretAsInts().lanewise(LSHR, 1).reinterpretAsBytes().and(ODD));
      // four bits per field: ones and last up to 8 together, twos up to 4, fours doubled up to 8
      ByteVector single =
          ones.and(PAIRS)
              .add(ones.reinterpretAsInts().lanewise(LSHR, 2).reinterpretAsBytes().and(PAIRS))
              .add(last.and(PAIRS))
              .add(last.reinterpretAsInts().lanewise(LSHR, 2).reinterpretAsBytes().and(PAIRS));
      ByteVector quarter =
          fours
              .and(PAIRS)
              .add(fours.reinterpretAsInts().lanewise(LSHR, 2).reinterpretAsBytes().and(PAIRS));
      ByteVector half =
          twos.and(PAIRS)
              .add(twos.reinterpretAsInts().lanewise(LSHR, 2).reinterpretAsBytes().and(PAIRS))
              .add(quarter)
              .add(quarter);
      half =
          half.and(NIBBLE)
              .add(half.reinterpretAsInts().lanewise(LSHR, 4).reinterpretAsBytes().and(NIBBLE));
      single
          .and(NIBBLE)
          .add(single.reinterpretAsInts().lanewise(LSHR, 4).reinterpretAsBytes().and(NIBBLE))
          .add(half)
          .add(half)
          .intoArray(out, d);
    }
  }

  /** Adds colour differences to the costs of one pixel. */
  private static void addColors(byte[] left, byte[][] right, int at, byte[] out) {
    for (int d = 0; d < out.length; d += LANES) {
      ByteVector b = ByteVector.fromArray(BYTES, right[WORD_BYTES], at + d);
      ByteVector red = b.max(left[WORD_BYTES]).sub(b.min(left[WORD_BYTES]));
      b = ByteVector.fromArray(BYTES, right[WORD_BYTES + 1], at + d);
      ByteVector green = b.max(left[WORD_BYTES + 1]).sub(b.min(left[WORD_BYTES + 1]));
      b = ByteVector.fromArray(BYTES, right[WORD_BYTES + 2], at + d);
      ByteVector blue = b.max(left[WORD_BYTES + 2]).sub(b.min(left[WORD_BYTES + 2]));
      ByteVector color =
          red.reinterpretAsInts()
              .lanewise(LSHR, CostInputs.COLOR_SHIFT)
              .reinterpretAsBytes()
              .and(COLOR)
              .add(
                  green
                      .reinterpretAsInts()
                      .lanewise(LSHR, CostInputs.COLOR_SHIFT)
                      .reinterpretAsBytes()
                      .and(COLOR))
              .add(
                  blue.reinterpretAsInts()
                      .lanewise(LSHR, CostInputs.COLOR_SHIFT)
                      .reinterpretAsBytes()
                      .and(COLOR));
      // at most 3 * 63: unsigned minimum by way of the sign bit
      color
          .lanewise(XOR, SIGN)
          .min((byte) (CostInputs.MAX_COLOR_COST ^ SIGN))
          .lanewise(XOR, SIGN)
          .add(ByteVector.fromArray(BYTES, out, d))
          .intoArray(out, d);
    }
  }
}
