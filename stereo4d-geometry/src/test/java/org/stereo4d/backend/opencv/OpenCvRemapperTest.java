package org.stereo4d.backend.opencv;

import org.stereo4d.testing.ImageRemapperContract;
import org.stereo4d.warp.ImageRemapper;

class OpenCvRemapperTest extends ImageRemapperContract {
  @Override
  protected ImageRemapper remapper() {
    return new OpenCvRemapper();
  }
}
