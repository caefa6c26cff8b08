package org.stereo4d.tracking;

import org.stereo4d.tracking.opencv.OpenCvPointTracker;

class OpenCvPointTrackerTest extends PointTrackerContract {
  @Override
  PointTracker tracker() {
    return new OpenCvPointTracker();
  }
}
