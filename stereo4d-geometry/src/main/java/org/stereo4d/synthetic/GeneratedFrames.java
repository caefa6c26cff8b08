package org.stereo4d.synthetic;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.IntFunction;
import org.stereo4d.image.ByteImage;

/** Pictures that are drawn each time they are asked for. */
final class GeneratedFrames extends AbstractList<ByteImage> implements RandomAccess {
  private final int count;
  private final IntFunction<ByteImage> draw;

  GeneratedFrames(int count, IntFunction<ByteImage> draw) {
    this.count = count;
    this.draw = draw;
  }

  @Override
  public ByteImage get(int index) {
    return draw.apply(Objects.checkIndex(index, count));
  }

  @Override
  public int size() {
    return count;
  }
}
