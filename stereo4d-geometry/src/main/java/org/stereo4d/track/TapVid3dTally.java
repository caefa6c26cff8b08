package org.stereo4d.track;

/** Counts entries, weighted, into the sums that {@link TapVid3dMetrics} divides. */
final class TapVid3dTally {
  /** Neighbours of {@link TapVid3dMetrics.Scaling#LOCAL_NEIGHBORHOOD} are nearer than this. */
  private static final double NEIGHBORHOOD_METERS = 0.05;

  private final CameraTracks truth;
  private final CameraTracks prediction;
  private final double[] radii;
  private final boolean adaptive;
  private final double[] found;
  private final double[] foundAndSeen;
  private final double[] wronglySeen;
  private double visible;
  private double equalFlags;
  private double total;

  TapVid3dTally(CameraTracks truth, CameraTracks prediction, TapVid3dMetrics.Protocol options) {
    this.truth = truth;
    this.prediction = prediction;
    this.radii = TapVid3dMetrics.radii(options);
    this.adaptive = options.radius() == TapVid3dMetrics.Radius.ADAPTIVE;
    this.found = new double[radii.length];
    this.foundAndSeen = new double[radii.length];
    this.wronglySeen = new double[radii.length];
  }

  /** Counts every entry once, its prediction scaled by its own factor. */
  void addAll(double[] scales) {
    for (int e = 0; e < scales.length; e++) {
      add(e, scales[e], 1);
    }
  }

  /** Counts, for each track, its neighbourhood as one track of the same visible weight. */
  void addNeighborhoods(TapVid3dScales scales) {
    int frames = truth.frameCount();
    boolean[] member = new boolean[truth.visible().length];
    for (int i = 0; i < truth.count(); i++) {
      double ownVisible = 0;
      double allVisible = 0;
      for (int e = 0; e < member.length; e++) {
        int anchor = i * frames + e % frames;
        member[e] = squaredDistance(anchor, e) < NEIGHBORHOOD_METERS * NEIGHBORHOOD_METERS;
        allVisible += member[e] && truth.visible()[e] ? 1 : 0;
        ownVisible += e / frames == i && truth.visible()[e] ? 1 : 0;
      }
      double weight = allVisible > 0 ? ownVisible / allVisible : 0;
      for (int e = 0; e < member.length; e++) {
        if (member[e]) {
          add(e, scales.ofTrack(i), weight);
        }
      }
    }
  }

  private double squaredDistance(int entryA, int entryB) {
    double sum = 0;
    for (int d = 0; d < 3; d++) {
      double difference = truth.xyz()[3 * entryA + d] - truth.xyz()[3 * entryB + d];
      sum += difference * difference;
    }
    return sum;
  }

  private void add(int entry, double scale, double weight) {
    boolean vis = truth.visible()[entry];
    boolean seen = prediction.visible()[entry];
    total += weight;
    visible += vis ? weight : 0;
    equalFlags += vis == seen ? weight : 0;
    double squared = 0;
    for (int d = 0; d < 3; d++) {
      double error = scale * prediction.xyz()[3 * entry + d] - truth.xyz()[3 * entry + d];
      squared += error * error;
    }
    for (int k = 0; k < radii.length; k++) {
      double r = adaptive ? radii[k] * truth.z(entry) : radii[k];
      boolean within = squared < r * r;
      found[k] += within && vis ? weight : 0;
      foundAndSeen[k] += within && vis && seen ? weight : 0;
      wronglySeen[k] += seen && (!vis || !within) ? weight : 0;
    }
  }

  TapVid3dMetrics metrics() {
    double[] within = new double[radii.length];
    double[] jaccard = new double[radii.length];
    for (int k = 0; k < radii.length; k++) {
      within[k] = found[k] / visible;
      jaccard[k] = foundAndSeen[k] / (visible + wronglySeen[k]);
    }
    return new TapVid3dMetrics(equalFlags / total, within, jaccard);
  }
}
