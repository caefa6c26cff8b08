package org.stereo4d.nvds;

import java.io.IOException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.flow.FlowField;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.io.npy.NpzFile;

/** Arrays of golden files as values: the last two axes are rows and columns unless said. */
public final class GoldenMaps {
  private GoldenMaps() {}

  /** Item of an array (H, W) or (N, H, W). */
  public static List<FloatImage> planes(NpzFile npz, String name) throws IOException {
    int[] shape = npz.shape(name);
    ImageSize size = new ImageSize(shape[shape.length - 1], shape[shape.length - 2]);
    float[] all = npz.floats(name);
    List<FloatImage> out = new ArrayList<>();
    for (int i = 0; i < all.length; i += size.area()) {
      out.add(FloatImage.wrap(Arrays.copyOfRange(all, i, i + size.area()), size, 1));
    }
    return out;
  }

  /** Maps of an array (N, H, W) or (H, W). */
  public static List<InverseDepthMap> maps(NpzFile npz, String name) throws IOException {
    return planes(npz, name).stream().map(InverseDepthMap::new).toList();
  }

  /** Images of an array (N, C, H, W) or (C, H, W), multiplied by a factor. */
  public static List<FloatImage> images(NpzFile npz, String name, int channels, double factor)
      throws IOException {
    int[] shape = npz.shape(name);
    ImageSize size = new ImageSize(shape[shape.length - 1], shape[shape.length - 2]);
    float[] all = npz.floats(name);
    int item = channels * size.area();
    List<FloatImage> out = new ArrayList<>();
    for (int i = 0; i < all.length; i += item) {
      float[] one = Arrays.copyOfRange(all, i, i + item);
      for (int k = 0; k < item; k++) {
        one[k] = (float) (one[k] * factor);
      }
      out.add(FloatImage.ofPlanes(one, size, channels));
    }
    return out;
  }

  /** Flows of an array (N, 2, H, W) or (2, H, W). */
  public static List<FlowField> flows(NpzFile npz, String name) throws IOException {
    return images(npz, name, 2, 1).stream().map(FlowField::new).toList();
  }

  /** Frames of an array of bytes (N, H, W, 3) or (H, W, 3). */
  public static List<ByteImage> frames(NpzFile npz, String name) throws IOException {
    int[] shape = npz.shape(name);
    ImageSize size = new ImageSize(shape[shape.length - 2], shape[shape.length - 3]);
    byte[] all = npz.bytes(name);
    List<ByteImage> out = new ArrayList<>();
    for (int i = 0; i < all.length; i += 3 * size.area()) {
      out.add(ByteImage.wrap(Arrays.copyOfRange(all, i, i + 3 * size.area()), size, 3));
    }
    return out;
  }

  /** Masks of an array of 0 and 1, (N, H, W) or (H, W). */
  public static List<Mask> masks(NpzFile npz, String name) throws IOException {
    List<Mask> out = new ArrayList<>();
    for (FloatImage plane : planes(npz, name)) {
      Mask mask = Mask.none(plane.size());
      for (int i = 0; i < mask.array().length; i++) {
        mask.array()[i] = plane.array()[i] != 0;
      }
      out.add(mask);
    }
    return out;
  }

  /** Frames as colours in [0, 1], made when asked for. */
  public static List<FloatImage> colors(List<ByteImage> frames) {
    return new AbstractList<>() {
      @Override
      public FloatImage get(int index) {
        return frames.get(index).toFloat();
      }

      @Override
      public int size() {
        return frames.size();
      }
    };
  }

  /** Largest absolute difference of two arrays of one length. */
  public static double largestDifference(float[] a, float[] b) {
    double largest = a.length == b.length ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      double d = Math.abs((double) a[i] - b[i]);
      largest = d <= largest ? largest : Double.isNaN(d) ? Double.POSITIVE_INFINITY : d;
    }
    return largest;
  }
}
