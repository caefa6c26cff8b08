package org.stereo4d.videoloop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.stereo4d.image.ImageSize;
import org.stereo4d.io.TextLines;
import org.stereo4d.videoloop.data.LongExposure;
import org.stereo4d.videoloop.data.LoopCameras;
import org.stereo4d.videoloop.loss.LoopLossOptions;
import org.stereo4d.videoloop.loss.MatchOptions;
import org.stereo4d.videoloop.loss.RobustPenalty;
import org.stereo4d.videoloop.train.LoopStageOptions;
import org.stereo4d.videoloop.train.LossWeights;
import org.stereo4d.videoloop.train.PlaneOptions;
import org.stereo4d.videoloop.train.Pyramid;
import org.stereo4d.videoloop.train.StaticStageOptions;
import org.stereo4d.videoloop.train.UpdateRule;
import org.stereo4d.videoloop.train.WindowGrid;
import org.stereo4d.videoloop.train.WindowOptions;

/**
 * Settings in the syntax of the published code's {@code configs/*.txt}: lines {@code key = value},
 * comments after {@code #}, a bare key for true. A key may be cut short where only one known key
 * starts so. Later sources override earlier ones.
 *
 * <p>Keys that steer logging, previews or the graphics card are accepted and have no effect.
 */
public final class ReferenceConfig {
  private static final int MOST_BYTES = 1 << 20;
  private static final double NO_NORMALIZATION = 100; // a completeness above it means none

  private static final Set<String> KEYS =
      Set.of(
          "seed",
          "factor",
          "near_factor",
          "far_factor",
          "bg_color",
          "scale_invariant",
          "add_intrin_noise",
          "add_uv_noise",
          "mpi_h_scale",
          "mpi_w_scale",
          "mpi_h_verts",
          "mpi_w_verts",
          "mpi_d",
          "atlas_grid_h",
          "vid2img_mode",
          "learn_loop_mask",
          "sparsify_epoch",
          "sparsify_alpha_thresh",
          "sparsify_erode",
          "sparsify_rmfirstlayer",
          "n_iters",
          "patch_h_size",
          "patch_w_size",
          "patch_h_stride",
          "patch_w_stride",
          "lrate",
          "lrate_decay",
          "lrate_adaptive",
          "optimizer",
          "rgb_activate",
          "alpha_activate",
          "sparsity_loss_weight",
          "rgb_smooth_loss_weight",
          "a_smooth_loss_weight",
          "d_smooth_loss_weight",
          "l_smooth_loss_weight",
          "edge_scale",
          "density_loss_weight",
          "density_loss_epoch",
          "mpv_frm_num",
          "mpv_isloop",
          "init_std",
          "init_from",
          "test_view_idx",
          "loss_ref_idx",
          "swd_macro_block",
          "loss_name",
          "loss_name_ref",
          "swd_patch_size",
          "swd_patch_size_ref",
          "swd_stride",
          "swd_stride_ref",
          "swd_patcht_size",
          "swd_patcht_size_ref",
          "swd_stridet",
          "swd_stridet_ref",
          "swd_alpha",
          "swd_alpha_ref",
          "swd_rou",
          "swd_rou_ref",
          "swd_scaling",
          "swd_scaling_ref",
          "swd_loss_gain_ref",
          "pyr_minimal_dim",
          "pyr_factor",
          "pyr_num_epoch",
          "pyr_stage",
          "i_img",
          "i_print",
          "i_weights",
          "i_video",
          "prefix",
          "datadir",
          "expdir",
          "expname",
          "expname_postfix",
          "config",
          "gpu_num",
          "gpu_ids",
          "batch_size",
          "model_type",
          "fp16");

  private final Map<String, String> values;

  private ReferenceConfig(Map<String, String> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * Reads files, each overriding those before.
   *
   * @throws IOException naming file and line of an unknown or ambiguous key
   */
  public static ReferenceConfig read(List<Path> files) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    for (Path file : files) {
      try (TextLines lines = TextLines.open(file, MOST_BYTES)) {
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
          String text = line.get().replaceFirst("#.*", "").strip();
          if (!text.isEmpty()) {
            try {
              put(text, values);
            } catch (IllegalArgumentException e) {
              throw new IOException(lines.place() + ": " + e.getMessage(), e);
            }
          }
        }
      }
    }
    return new ReferenceConfig(values);
  }

  /** These settings with one more, as {@code key = value}. */
  public ReferenceConfig with(String setting) {
    Map<String, String> changed = new LinkedHashMap<>(values);
    put(setting, changed);
    return new ReferenceConfig(changed);
  }

  private static void put(String text, Map<String, String> values) {
    String[] part = text.split("[=:]", 2);
    String value = part.length == 1 ? "true" : part[1].strip();
    values.put(known(part[0].strip()), value);
  }

  private static String known(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    if (KEYS.contains(name)) {
      return name;
    }
    List<String> candidates =
        KEYS.stream().filter(candidate -> candidate.startsWith(name)).sorted().toList();
    if (candidates.size() != 1) {
      throw new IllegalArgumentException(
          "key '"
              + key
              + "' must be known"
              + (candidates.isEmpty() ? "" : ", could be " + candidates));
    }
    return candidates.get(0);
  }

  /** The text of a key, if it is set. */
  public Optional<String> value(String key) {
    return Optional.ofNullable(values.get(known(key)));
  }

  private double number(String key, double otherwise) {
    String text = values.get(key);
    try {
      return text == null ? otherwise : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + " must be a number, was '" + text + "'", e);
    }
  }

  private int whole(String key, int otherwise) {
    double value = number(key, otherwise);
    if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(key + " must be a whole number, was " + value);
    }
    return (int) value;
  }

  private boolean flag(String key, boolean otherwise) {
    String text = values.get(key);
    return text == null ? otherwise : text.equalsIgnoreCase("true") || text.equals("1");
  }

  private List<Integer> indices(String key) {
    List<Integer> out = new ArrayList<>();
    for (String part : values.getOrDefault(key, "").replaceAll("[\\[\\]'\"]", "").split(",")) {
      if (!part.isBlank()) {
        try {
          out.add(Integer.parseInt(part.strip()));
        } catch (NumberFormatException e) {
          throw new IllegalArgumentException(
              key + " must be indices like 1,6, was '" + values.get(key) + "'", e);
        }
      }
    }
    return out;
  }

  /** Original over training size of pictures. */
  public int factor() {
    return whole("factor", 2);
  }

  /** Bounds of the scene. */
  public LoopCameras.BoundFactors bounds() {
    return new LoopCameras.BoundFactors(number("near_factor", 0.9), number("far_factor", 2), true);
  }

  /** Settings of both stages from one set of files of each stage. */
  public static LoopOptions options(ReferenceConfig stage1, ReferenceConfig stage2) {
    return LoopOptions.DEFAULTS
        .withStill(stage1.still())
        .withLoop(LoopOptions.DEFAULTS.loop().withReferenceViews(List.of()))
        .withHeldOutViews(stage2.indices("test_view_idx"))
        .withLoop(stage2.loop());
  }

  /** Settings of stage 1; keys that are not set keep the values of the base configuration. */
  public StaticStageOptions still() {
    StaticStageOptions base = StaticStageOptions.DEFAULTS;
    LossWeights weights = weights(LossWeights.STAGE_1);
    int culling = whole("sparsify_epoch", base.epochs());
    return base.withSeed(whole("seed", 2))
        .withPlanes(
            new PlaneOptions(
                whole("mpi_d", 32),
                number("mpi_h_scale", 1.6),
                number("mpi_w_scale", 1.6),
                whole("mpi_h_verts", 36),
                whole("mpi_w_verts", 64),
                whole("atlas_grid_h", 4)))
        .withEpochs(culling > 0 ? culling : whole("n_iters", base.epochs()), base.tuningEpochs())
        .withWindows(windows(WindowGrid.Edge.CUT))
        .withRate(number("lrate", base.rate()))
        .withRule(rule())
        .withWeights(weights)
        .withExposure(LongExposure.parse(values.getOrDefault("vid2img_mode", "dynamic")))
        .withInvariances(flag("scale_invariant", true), flag("add_intrin_noise", true))
        .withCull(
            base.cull()
                .withAlphaThreshold(number("sparsify_alpha_thresh", 0.05))
                .withErosions(whole("sparsify_erode", 2))
                .withRemovedNearPlanes(whole("sparsify_rmfirstlayer", 0)));
  }

  private LossWeights weights(LossWeights base) {
    return new LossWeights(
        number("sparsity_loss_weight", base.sparsity()),
        number("rgb_smooth_loss_weight", base.colorSmooth()),
        number("a_smooth_loss_weight", base.alphaSmooth()),
        number("d_smooth_loss_weight", base.depthSmooth()),
        number("l_smooth_loss_weight", base.labelSmooth()),
        number("density_loss_weight", base.density()),
        whole("density_loss_epoch", base.densityEpochs()),
        number("edge_scale", base.edgeScale()),
        base.sparsityFloor());
  }

  private WindowOptions windows(WindowGrid.Edge edge) {
    return new WindowOptions(
        new ImageSize(whole("patch_w_size", 320), whole("patch_h_size", 180)),
        whole("patch_w_stride", 160),
        whole("patch_h_stride", 90),
        edge);
  }

  private UpdateRule rule() {
    String name = values.getOrDefault("optimizer", "adam");
    return switch (name) {
      case "adam" -> UpdateRule.ADAM;
      case "sgd" -> UpdateRule.MOMENTUM;
      default -> throw new IllegalArgumentException("optimizer must be adam or sgd, was " + name);
    };
  }

  /** Settings of stage 2; keys that are not set keep the values of the base configuration. */
  public LoopStageOptions loop() {
    LoopStageOptions base = LoopOptions.DEFAULTS.loop();
    return base.withSeed(whole("seed", 2))
        .withFrames(whole("mpv_frm_num", 50))
        .withNoiseSigma(number("init_std", 0.02))
        .withReferenceViews(indices("loss_ref_idx"))
        .withLosses(
            loss("_ref", LoopLossOptions.REFERENCE_VIEW).withGain(number("swd_loss_gain_ref", 3.5)),
            loss("", LoopLossOptions.OTHER_VIEW))
        .withLevels(
            new Pyramid(whole("pyr_minimal_dim", 65), number("pyr_factor", 0.75)),
            whole("pyr_num_epoch", 50))
        .withWindows(windows(WindowGrid.Edge.INSIDE))
        .withRate(number("lrate", 0.5), flag("lrate_adaptive", true))
        .withRule(rule())
        .withWeights(weights(LossWeights.STAGE_2))
        .withInvariances(flag("scale_invariant", true), flag("add_intrin_noise", true));
  }

  private LoopLossOptions loss(String suffix, LoopLossOptions base) {
    MatchOptions match = base.match();
    double completeness = number("swd_alpha" + suffix, match.completeness());
    RobustPenalty penalty = base.penalty();
    String shape = values.getOrDefault("swd_rou" + suffix, "");
    double scale = number("swd_scaling" + suffix, penalty.scale());
    RobustPenalty chosen =
        switch (shape) {
          case "mse" -> RobustPenalty.SQUARED;
          case "abs" -> RobustPenalty.ABSOLUTE;
          default -> RobustPenalty.general(number("swd_rou" + suffix, penalty.shape()), scale);
        };
    return base.withPenalty(chosen)
        .withLoops(flag("mpv_isloop", true))
        .withMatch(
            match
                .withPatchPx(
                    whole("swd_patch_size" + suffix, match.patchPx()),
                    whole("swd_stride" + suffix, match.stridePx()))
                .withPatchFrames(
                    whole("swd_patcht_size" + suffix, match.patchFrames()),
                    whole("swd_stridet" + suffix, match.strideFrames()))
                .withCompleteness(
                    completeness > NO_NORMALIZATION ? Double.POSITIVE_INFINITY : completeness));
  }
}
