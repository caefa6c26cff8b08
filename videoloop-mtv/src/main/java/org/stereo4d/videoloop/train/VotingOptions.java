package org.stereo4d.videoloop.train;

import org.stereo4d.run.Check;
import org.stereo4d.videoloop.loss.MatchOptions;

/**
 * Settings of the voting optimiser.
 *
 * @param seed of the noise
 * @param frames T; {@code >= 2}
 * @param noiseSigma noise on lifted tiles; {@code >= 0}. Default 0.02
 * @param pyramid levels of detail
 * @param rounds of matching and fitting per level; {@code >= 1}
 * @param sweeps of fitting per round; {@code >= 1}. 3 to 5 are enough
 * @param relaxation factor of a correction; in (0, 2). Default 1.5
 * @param match patches; its completeness is used in the first 60 percent of the rounds of a level,
 *     then 0.005; the last tenth of the finest level takes patches of 3 pixels without
 *     normalisation
 */
public record VotingOptions(
    long seed,
    int frames,
    double noiseSigma,
    Pyramid pyramid,
    int rounds,
    int sweeps,
    double relaxation,
    MatchOptions match) {
  /** 50 frames, ten rounds of four sweeps per level. */
  public static final VotingOptions DEFAULTS =
      new VotingOptions(2, 50, 0.02, Pyramid.DEFAULTS, 10, 4, 1.5, MatchOptions.DEFAULTS);

  private static final double LATER_COMPLETENESS = 0.005;

  /** Checks the ranges. */
  public VotingOptions {
    Check.that(
        frames >= Math.max(2, match.patchFrames()),
        "frames must be >= 2 and >= the %s frames of a patch, was %s",
        match.patchFrames(),
        frames);
    Check.that(noiseSigma >= 0, "noiseSigma must be >= 0, was %s", noiseSigma);
    Check.that(
        rounds >= 1 && sweeps >= 1,
        "rounds and sweeps must be >= 1, were %s and %s",
        rounds,
        sweeps);
    Check.that(
        relaxation > 0 && relaxation < 2, "relaxation must be in (0, 2), was %s", relaxation);
  }

  /** These options with another length. */
  public VotingOptions withFrames(int frames) {
    return new VotingOptions(seed, frames, noiseSigma, pyramid, rounds, sweeps, relaxation, match);
  }

  /** These options with other levels. */
  public VotingOptions withLevels(Pyramid pyramid, int rounds) {
    return new VotingOptions(seed, frames, noiseSigma, pyramid, rounds, sweeps, relaxation, match);
  }

  /** These options with another seed. */
  public VotingOptions withSeed(long seed) {
    return new VotingOptions(seed, frames, noiseSigma, pyramid, rounds, sweeps, relaxation, match);
  }

  /** Patches of a round. */
  MatchOptions match(int round, boolean finest) {
    double done = round / (double) rounds;
    if (finest && done >= 0.9) {
      return MatchOptions.SMALL.withPatchFrames(match.patchFrames(), match.strideFrames());
    }
    return done < 0.6 ? match : match.withCompleteness(LATER_COMPLETENESS);
  }
}
