package org.stereo4d.examples.report;

import java.util.ArrayList;
import java.util.List;
import org.stereo4d.network.DepthModel;

/**
 * A network that the library can run, with the terms its weights are published under. None is
 * shipped or downloaded; terms change, so those that come with a file count.
 *
 * @param name for people
 * @param role what it does here
 * @param weights published file and its licence
 * @param form how it is loaded
 */
public record KnownModel(String name, String role, String weights, String form) {
  private static final String TORCH_SCRIPT = "own TorchScript file";

  /** Every network. */
  public static final List<KnownModel> ALL = all();

  private static List<KnownModel> all() {
    List<KnownModel> out = new ArrayList<>();
    out.add(
        new KnownModel(
            "NVDS stabiliser",
            "stabilize --weights",
            "NVDS_Stabilizer.pth, MIT",
            "the published file, natively"));
    for (DepthModel model : DepthModel.KNOWN) {
      out.add(
          new KnownModel(
              model.name(), "to3d, stabilize --depth-network", model.weights(), TORCH_SCRIPT));
    }
    out.add(
        new KnownModel(
            "RAFT, SEA-RAFT",
            "run, disparity --matcher-network",
            "Tartan-C-T-TSKH-spring540x960-M.pth and others, BSD-3-Clause",
            TORCH_SCRIPT));
    out.add(
        new KnownModel(
            "TAPIR, BootsTAPIR",
            "run, track --tracker-network",
            "bootstapir_checkpoint_v2.pt, code Apache-2.0, weights CC BY 4.0",
            TORCH_SCRIPT));
    out.add(
        new KnownModel(
            "DeepLabv3 on ADE20K",
            "filter --segmenter-network",
            "deeplabv3_xception_ade20k_train, Apache-2.0",
            TORCH_SCRIPT));
    out.add(
        new KnownModel(
            "DepthCrafter, StereoCrafter",
            "library: DiffusionDepthEstimator, DiffusionStereoInpainter",
            "terms of their authors; the base model is under Stability AI's community licence",
            TORCH_SCRIPT));
    return List.copyOf(out);
  }
}
