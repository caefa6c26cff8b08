package org.stereo4d.nvds.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.convolutional.Conv2d;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.stereo4d.backend.BackendException;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.network.Device;
import org.stereo4d.network.Precision;
import org.stereo4d.network.TensorFunctions;
import org.stereo4d.network.Tensors;
import org.stereo4d.network.TorchEngine;
import org.stereo4d.network.checkpoint.Checkpoint;
import org.stereo4d.nvds.InferenceSize;
import org.stereo4d.run.Check;

/**
 * The stabilisation network of the paper, with its published weights: {@code NVDS_Stabilizer.pth},
 * or the same tensors as safetensors or npz, with or without the prefix "module.".
 *
 * <p>Thread-safe; computation takes turns. Closing it frees the weights; encoded frames must be
 * closed before.
 *
 * {@snippet :
 * try (NvdsNetwork network = NvdsNetwork.load(Path.of("NVDS_Stabilizer.pth"), Device.auto())) {
 *   List<InverseDepthMap> steady =
 *       new NetworkStabilizer(network, NetworkOptions.DEFAULTS)
 *           .stabilize(frames, initial, Progress.NONE);
 * }
 * }
 */
public final class NvdsNetwork implements WindowNetwork {
  private static final int MULTIPLE_PX = 4;

  private final NvdsLayout layout;
  private final NDManager manager;
  private final TensorFunctions functions;
  private final NamedTensors weights;
  private final MixTransformer encoder;
  private final DepthHead head;
  private final List<FocalBlock> blocks = new ArrayList<>();
  private final DataType type;
  private final Map<ImageSize, FocalBlock.Neighborhood> neighborhoods = new HashMap<>();
  private @Nullable Encoded lastTarget;
  private DepthHead.@Nullable TargetBranches lastBranches;

  private NvdsNetwork(
      NvdsLayout layout,
      NDManager manager,
      TensorFunctions functions,
      Map<String, NDArray> tensors) {
    this.layout = layout;
    this.manager = manager;
    this.functions = functions;
    this.weights = new NamedTensors(tensors, "", functions);
    this.encoder = new MixTransformer(layout, weights.within("backbone"));
    NamedTensors stabilizer = weights.within("Stabilizer");
    this.head = new DepthHead(stabilizer);
    for (int b = 0; b < layout.focalBlocks(); b++) {
      NamedTensors block =
          stabilizer.within("decoder_focal").within("blocks").within(Integer.toString(b));
      blocks.add(new FocalBlock(block, layout.focalHeads(), manager));
    }
    this.type = weights.get("edge_conv.0.weight").getDataType();
  }

  /** Loads the published network in single precision. */
  public static NvdsNetwork load(Path file, Device device) throws IOException {
    return load(file, NvdsLayout.FULL, device, Precision.FLOAT32);
  }

  /**
   * Loads a network.
   *
   * @param precision half precision halves memory and is fast on graphics cards only
   * @throws IOException if the file cannot be read, or its tensors are not those of the layout; the
   *     message is a {@link WeightReport}
   */
  public static NvdsNetwork load(Path file, NvdsLayout layout, Device device, Precision precision)
      throws IOException {
    try (Checkpoint all = Checkpoint.open(file)) {
      Checkpoint checkpoint = all.withoutPrefix("module");
      Map<String, List<Integer>> expected = layout.tensors();
      WeightReport report = WeightReport.of(checkpoint, expected);
      if (!report.fits()) {
        throw new IOException(file + ": does not hold this network; " + report);
      }
      NDManager manager = TorchEngine.newScope(device);
      try {
        Map<String, NDArray> tensors = new HashMap<>();
        for (String name : expected.keySet()) {
          tensors.put(name, Tensors.of(manager, checkpoint.tensor(name), precision));
        }
        return new NvdsNetwork(layout, manager, TensorFunctions.load(device), tensors);
      } catch (IOException | RuntimeException e) {
        manager.close();
        throw e;
      }
    }
  }

  /** The features of a frame, which every window with it shares. */
  private record Encoded(NDArray fused, NDArray rgb, ImageSize size) implements EncodedFrame {
    @Override
    public void close() {
      fused.close();
      rgb.close();
    }
  }

  @Override
  public EncodedFrame encode(FloatImage frame) {
    return encodeAll(List.of(frame)).get(0);
  }

  @Override
  public synchronized List<EncodedFrame> encodeAll(List<FloatImage> frames) {
    for (FloatImage frame : frames) {
      Check.that(frame.channels() == 4, "a frame has 4 channels, had %s", frame.channels());
      InferenceSize.require(frame.size(), MULTIPLE_PX);
    }
    Check.that(manager.isOpen(), "the network is closed");
    try (NDManager scope = manager.newSubManager()) {
      NDArray input =
          Tensors.ofImages(scope, frames.toArray(FloatImage[]::new)).toType(type, false);
      NDArray fused = fused(input);
      List<EncodedFrame> out = new ArrayList<>();
      for (int i = 0; i < frames.size(); i++) {
        out.add(
            new Encoded(
                kept(fused.get(new NDIndex("{}:{}", i, i + 1))),
                kept(input.get(new NDIndex("{}:{}, :3", i, i + 1))),
                frames.get(i).size()));
      }
      return out;
    } catch (EngineException e) {
      throw new BackendException("encoding a frame of " + frames.get(0).size() + " failed", e);
    }
  }

  /** A copy that outlives the scope. */
  private NDArray kept(NDArray view) {
    NDArray out = view.duplicate();
    out.attach(manager);
    return out;
  }

  /** Fusion (spec 3.3): frames (N, 4, H, W) to maps (N, C, H / 4, W / 4). */
  NDArray fused(NDArray frames) {
    NamedTensors stabilizer = weights.within("Stabilizer");
    List<NDArray> stages = encoder.stages(frames);
    MixTransformer.Grid grid =
        new MixTransformer.Grid(stages.get(0).getShape().get(2), stages.get(0).getShape().get(3));
    NDList parts = new NDList();
    for (int s = 3; s >= 0; s--) {
      int stage = s;
      parts.add(
          NamedTensors.replaced(
              stages.get(s),
              map -> {
                NDArray tokens =
                    stabilizer.linear(
                        MixTransformer.toTokens(map), "linear_c" + (stage + 1) + ".proj");
                MixTransformer.Grid own =
                    new MixTransformer.Grid(map.getShape().get(2), map.getShape().get(3));
                NDArray embedded = MixTransformer.toMap(tokens, own);
                return stage == 0
                    ? embedded
                    : functions.resizeBilinear(
                        embedded, (int) grid.width(), (int) grid.height(), false);
              }));
    }
    NDArray joined = NDArrays.concat(parts, 1);
    return DepthHead.relu(Conv2d.conv2d(joined, stabilizer.get("linear_fuse.0.weight")).head());
  }

  @Override
  public synchronized FloatImage decode(List<? extends EncodedFrame> window) {
    Check.that(window.size() == 4, "a window has 4 frames, had %s", window.size());
    try (NDManager scope = manager.newSubManager()) {
      NDArray raw = beforeRelu(window, scope);
      return Tensors.toImage(DepthHead.relu(raw).toType(DataType.FLOAT32, false), 0);
    } catch (EngineException e) {
      throw new BackendException("decoding frames of " + window.get(3).size() + " failed", e);
    }
  }

  /** The map before the last ReLU, (1, 1, H, W). */
  NDArray beforeRelu(List<? extends EncodedFrame> window, NDManager scope) {
    List<NDArray> frames = new ArrayList<>();
    Encoded target = encoded(window.get(3));
    for (EncodedFrame frame : window) {
      Encoded e = encoded(frame);
      Check.that(
          e.size().equals(target.size()),
          "frames of a window must have one size, had %s and %s",
          e.size(),
          target.size());
      NDArray view = e.fused().squeeze(0).transpose(1, 2, 0);
      view.attach(scope);
      frames.add(view);
    }
    NDArray attended = attend(frames);
    NDArray map = attended.transpose(2, 0, 1).expandDims(0);
    return head.apply(branches(target), map);
  }

  /** The head's branches of a target, kept until there is another target. */
  private DepthHead.TargetBranches branches(Encoded target) {
    if (lastBranches != null && lastTarget == target) {
      return lastBranches;
    }
    forgetTarget();
    try (NDManager scope = manager.newSubManager()) {
      NDArray rgb = target.rgb().reshape(target.rgb().getShape());
      rgb.attach(scope);
      NDArray edge =
          NamedTensors.scoped(rgb, x -> DepthHead.relu(weights.conv(x, "edge_conv.0", 1, 1)));
      NDArray half =
          NamedTensors.scoped(edge, x -> DepthHead.relu(weights.conv(x, "edge_conv1.0", 2, 1)));
      NDArray fused = target.fused().reshape(target.fused().getShape());
      fused.attach(scope);
      DepthHead.TargetBranches made = head.branches(fused, half, edge);
      made.quarter().attach(manager);
      made.half().attach(manager);
      made.full().attach(manager);
      lastTarget = target;
      lastBranches = made;
      return made;
    }
  }

  private void forgetTarget() {
    if (lastBranches != null) {
      lastBranches.close();
    }
    lastBranches = null;
    lastTarget = null;
  }

  /** The target's map (H, W, C) after all blocks. */
  NDArray attend(List<NDArray> frames) {
    int height = (int) frames.get(3).getShape().get(0);
    int width = (int) frames.get(3).getShape().get(1);
    FocalBlock.Neighborhood place =
        neighborhoods.computeIfAbsent(
            new ImageSize(width, height),
            size -> FocalBlock.Neighborhood.of(height, width, manager, type));
    List<NDArray> maps = new ArrayList<>(frames);
    for (FocalBlock block : blocks) {
      maps.set(3, block.apply(maps, place));
    }
    return maps.get(3);
  }

  private static Encoded encoded(EncodedFrame frame) {
    if (frame instanceof Encoded encoded) {
      return encoded;
    }
    throw new IllegalArgumentException("the frame was encoded by another network");
  }

  NDArray weight(String name) {
    return weights.get(name);
  }

  /** Biases of every cross-attention block, (1, heads, 49, 289). */
  List<NDArray> biases() {
    return blocks.stream().map(FocalBlock::bias).toList();
  }

  MixTransformer encoder() {
    return encoder;
  }

  NDManager newScope() {
    return manager.newSubManager();
  }

  /** Widths and depths. */
  public NvdsLayout layout() {
    return layout;
  }

  @Override
  public int multiplePx() {
    return MULTIPLE_PX;
  }

  @Override
  public synchronized void close() {
    forgetTarget();
    functions.close();
    manager.close();
  }
}
