package org.stereo4d.depth.sgm.vector;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.stereo4d.depth.sgm.CostInputs;
import org.stereo4d.depth.sgm.CostVolume;
import org.stereo4d.image.ByteImage;

/**
 * Costs of one row. The right row is stored reversed, one plane per byte of the census word and per
 * colour, so that the partners of growing disparities follow each other in memory.
 */
final class VectorCosts {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
  private static final int LANES = BYTES.length();
  private static final int WORD_BYTES = 8;
  private static final int PLANES = WORD_BYTES + 3;
  private static final byte SIGN = (byte) 0x80;

  private VectorCosts() {}

  static void run(CostInputs inputs, int y, CostVolume volume) {
    int width = volume.width;
    int range = volume.range;
    int padded = (range + LANES - 1) / LANES * LANES;
    int min = inputs.minDisparity();
    int front = Math.max(0, -min);
    byte[][] right = new byte[PLANES][front + width + padded + Math.max(0, min)];
    byte[][] left = new byte[PLANES][width];
    for (int x = 0; x < width; x++) {
      planes(inputs.left(), inputs.leftWords(), x, y, left, x);
      planes(inputs.right(), inputs.rightWords(), x, y, right, front + width - 1 - x);
    }
    byte[] costs = new byte[padded];
    for (int x = 0; x < width; x++) {
      int at = front + width - 1 - x + min;
      for (int d = 0; d < padded; d += LANES) {
        cost(left, x, right, at + d).intoArray(costs, d);
      }
      int first = Math.min(range, inputs.firstInside(x));
      int end = Math.max(first, inputs.endInside(x, range));
      Arrays.fill(costs, 0, first, CostInputs.OUTSIDE);
      Arrays.fill(costs, end, range, CostInputs.OUTSIDE);
      System.arraycopy(costs, 0, volume.cost, (y * width + x) * range, range);
    }
  }

  private static void planes(ByteImage image, long[] words, int x, int y, byte[][] planes, int at) {
    long word = words[y * image.width() + x];
    for (int k = 0; k < WORD_BYTES; k++) {
      planes[k][at] = (byte) (word >>> (8 * k));
    }
    int i = image.index(x, y);
    for (int c = 0; c < 3; c++) {
      // shifted to signed order, so that max and min compare as unsigned
      planes[WORD_BYTES + c][at] = (byte) (image.array()[i] ^ SIGN);
      i += c < image.channels() - 1 ? 1 : 0;
    }
  }

  private static ByteVector cost(byte[][] left, int x, byte[][] right, int at) {
    ByteVector hamming = bits(left[0][x], right[0], at);
    for (int k = 1; k < WORD_BYTES; k++) {
      hamming = hamming.add(bits(left[k][x], right[k], at));
    }
    ByteVector color =
        difference(left[WORD_BYTES][x], right[WORD_BYTES], at)
            .add(difference(left[WORD_BYTES + 1][x], right[WORD_BYTES + 1], at))
            .add(difference(left[WORD_BYTES + 2][x], right[WORD_BYTES + 2], at));
    // at most 3 * 63: unsigned minimum by way of the sign bit
    ByteVector capped =
        color
            .lanewise(VectorOperators.XOR, SIGN)
            .min((byte) (CostInputs.MAX_COLOR_COST ^ SIGN))
            .lanewise(VectorOperators.XOR, SIGN);
    return hamming.add(capped);
  }

  /** Number of differing bits per byte, by the usual halving sums. */
  private static ByteVector bits(byte word, byte[] plane, int at) {
    ByteVector v = ByteVector.fromArray(BYTES, plane, at).lanewise(VectorOperators.XOR, word);
    v = v.sub(shift(v, 1).and((byte) 0x55));
    v = v.and((byte) 0x33).add(shift(v, 2).and((byte) 0x33));
    return v.add(shift(v, 4)).and((byte) 0x0f);
  }

  private static ByteVector difference(byte value, byte[] plane, int at) {
    ByteVector b = ByteVector.fromArray(BYTES, plane, at);
    ByteVector difference = b.max(value).sub(b.min(value));
    return shift(difference, CostInputs.COLOR_SHIFT).and((byte) (255 >> CostInputs.COLOR_SHIFT));
  }

  /**
   * Shifts right as 32-bit lanes, since processors have no byte shifts; the caller masks the bits
   * that cross from the next byte.
   */
  private static ByteVector shift(ByteVector v, int bits) {
    return v.reinterpretAsInts().lanewise(VectorOperators.LSHR, bits).reinterpretAsBytes();
  }
}
