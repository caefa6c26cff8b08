package org.stereo4d.camera;

import org.stereo4d.testing.PoseSourceContract;

class IdentityPoseSourceTest extends PoseSourceContract {
  @Override
  protected PoseSource source() {
    return PoseSource.IDENTITY;
  }

  @Override
  protected double[] timesSeconds() {
    return new double[] {0, 0.04, 0.08};
  }
}
