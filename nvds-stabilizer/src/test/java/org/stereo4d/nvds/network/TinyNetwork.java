package org.stereo4d.nvds.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.stereo4d.network.Device;
import org.stereo4d.network.Precision;
import org.stereo4d.testing.TorchFiles;

/** The reduced network with weights of the formula. */
final class TinyNetwork {
  private TinyNetwork() {}

  static NvdsNetwork load(Precision precision) throws IOException {
    Path file = Files.createTempFile("tiny", ".pth");
    try {
      FormulaWeights formula = new FormulaWeights("nvds/tiny_net_tensors.tsv", 1);
      Files.write(file, TorchFiles.zip(formula.torchTensors()));
      return NvdsNetwork.load(file, FormulaWeights.TINY, Device.cpu(), precision);
    } finally {
      Files.delete(file);
    }
  }
}
