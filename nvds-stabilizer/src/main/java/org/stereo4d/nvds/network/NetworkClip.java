package org.stereo4d.nvds.network;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageResizer;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.ResizeFilter;
import org.stereo4d.network.ColorNormalization;
import org.stereo4d.nvds.CleanMap;
import org.stereo4d.nvds.DepthLevels;
import org.stereo4d.nvds.InferenceSize;
import org.stereo4d.run.Check;

/** Frames and maps of a clip as the network takes them. */
final class NetworkClip {
  private final List<ByteImage> frames;
  private final List<InverseDepthMap> initial;
  private final NetworkOptions options;
  private final ImageSize frameSize;
  private final ImageSize mapSize;
  private final ImageSize size;

  NetworkClip(
      List<ByteImage> frames,
      List<InverseDepthMap> initial,
      NetworkOptions options,
      int multiplePx) {
    this.frames = frames;
    this.initial = initial;
    this.options = options;
    this.frameSize = frames.get(0).size();
    this.mapSize = initial.get(0).size();
    this.size = options.inferenceSize().orElseGet(() -> InferenceSize.of(frameSize));
    InferenceSize.require(size, multiplePx);
  }

  ImageSize size() {
    return size;
  }

  private ByteImage frame(int t) {
    ByteImage frame = frames.get(t);
    Check.that(
        frame.size().equals(frameSize) && frame.channels() == 3,
        "frame %s must be RGB of the size of the first, %s, was %s",
        t,
        frameSize,
        frame);
    return frame;
  }

  /** Colours in [0, 1], resized by the cubic, not clamped. */
  FloatImage colors(int t) {
    return new ImageResizer(ResizeFilter.CUBIC).resize(frame(t).toFloat(), size);
  }

  /** The frame at the inference size, for flow. */
  ByteImage bytes(int t) {
    return new ImageResizer(ResizeFilter.CUBIC).resize(frame(t), size);
  }

  /** A map without holes at the inference size. */
  CleanMap map(int t) {
    InverseDepthMap map = initial.get(t);
    Check.that(
        map.size().equals(mapSize),
        "map %s must have the size of the first, %s, was %s",
        t,
        mapSize,
        map.size());
    CleanMap clean = CleanMap.of(map);
    FloatImage resized = new ImageResizer(ResizeFilter.NEAREST).resize(clean.map().values(), size);
    return new CleanMap(new InverseDepthMap(resized), clean.replaced(), clean.isConstant());
  }

  /** The map of a frame before the stretch: as it is or of 16-bit levels. */
  private InverseDepthMap source(int t) {
    if (!options.quantizeInitial()) {
      return map(t).map();
    }
    map(t); // refuses a map of another size
    InverseDepthMap clean = CleanMap.of(initial.get(t)).map();
    FloatImage levels = DepthLevels.of(List.of(clean)).levels(clean);
    return new InverseDepthMap(new ImageResizer(ResizeFilter.NEAREST).resize(levels, size));
  }

  /** The input of a frame on its own: normalised colours and its map in [0, 1]. */
  FloatImage input(int t) {
    InverseDepthMap map = source(t);
    return joined(t, DepthLevels.of(List.of(map)).unit(map));
  }

  /** The inputs of a window whose maps are stretched together. */
  List<FloatImage> inputs(int[] window) {
    List<InverseDepthMap> maps = new ArrayList<>();
    for (int t : window) {
      maps.add(map(t).map());
    }
    DepthLevels levels = DepthLevels.of(maps);
    List<FloatImage> out = new ArrayList<>();
    for (int k = 0; k < window.length; k++) {
      out.add(joined(window[k], levels.unit(maps.get(k))));
    }
    return out;
  }

  private FloatImage joined(int t, FloatImage map) {
    float[] rgb = ColorNormalization.IMAGENET.apply(colors(t)).array();
    float[] depth = map.array();
    FloatImage out = FloatImage.create(size, 4);
    float[] samples = out.array();
    for (int i = 0; i < depth.length; i++) {
      samples[4 * i] = rgb[3 * i];
      samples[4 * i + 1] = rgb[3 * i + 1];
      samples[4 * i + 2] = rgb[3 * i + 2];
      samples[4 * i + 3] = depth[i];
    }
    return out;
  }

  /** A map of the inference size at the size of the initial maps. */
  InverseDepthMap atMapSize(InverseDepthMap map) {
    return new InverseDepthMap(
        new ImageResizer(ResizeFilter.BILINEAR).resize(map.values(), mapSize));
  }
}
