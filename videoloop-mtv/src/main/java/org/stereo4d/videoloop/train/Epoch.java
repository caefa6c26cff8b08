package org.stereo4d.videoloop.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.stereo4d.camera.PinholeCamera;

/** The visits of one epoch: every window of every view once, in an order that the seed decides. */
final class Epoch {
  private final List<Visit> visits = new ArrayList<>();

  /** One window of one view with its jittered principal point. */
  record Visit(int view, int window, double shiftXPx, double shiftYPx) {
    /** The lens of the window. */
    PinholeCamera camera(PinholeCamera full, WindowGrid.Window window) {
      return new PinholeCamera(
          window.size(),
          full.focalXPx(),
          full.focalYPx(),
          full.centerXPx() - window.left() + shiftXPx,
          full.centerYPx() - window.top() + shiftYPx);
    }
  }

  Epoch(long seed, int epoch, int views, int windows, boolean jitter) {
    Random random = new Random(seed * 1_000_003 + epoch);
    for (int i = 0; i < views * windows; i++) {
      double x = jitter ? random.nextDouble() - 0.5 : 0;
      double y = jitter ? random.nextDouble() - 0.5 : 0;
      visits.add(new Visit(i / windows, i % windows, x, y));
    }
    Collections.shuffle(visits, random);
  }

  List<Visit> visits() {
    return visits;
  }
}
