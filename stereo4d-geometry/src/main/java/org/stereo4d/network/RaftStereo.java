package org.stereo4d.network;

import java.io.IOException;
import java.nio.file.Path;
import org.stereo4d.depth.StereoFlow;
import org.stereo4d.depth.StereoFlowEstimator;
import org.stereo4d.image.StereoPair;

/**
 * Stereo matches by a flow network of the RAFT family, run twice with its arguments exchanged
 * (contract K.1). It measures vertical error too, which a row matcher cannot.
 */
public final class RaftStereo implements StereoFlowEstimator, AutoCloseable {
  private final TorchScriptFlow flow;

  /** Matches with a flow network, which it owns. */
  public RaftStereo(TorchScriptFlow flow) {
    this.flow = flow;
  }

  /**
   * Loads a file of {@link TorchScriptFlow#CONTRACT}.
   *
   * @throws IOException if the file cannot be read
   */
  public static RaftStereo load(
      Path file, TorchScriptFlow.Options options, Device device, Precision precision)
      throws IOException {
    return new RaftStereo(TorchScriptFlow.load(file, options, device, precision));
  }

  @Override
  public StereoFlow estimate(StereoPair pair) {
    return new StereoFlow(
        flow.flow(pair.left(), pair.right()), flow.flow(pair.right(), pair.left()));
  }

  @Override
  public void close() {
    flow.close();
  }
}
