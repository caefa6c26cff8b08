package org.stereo4d.optim.track;

/**
 * The terms of one track's energy, weighted by their factors but not by w.
 *
 * @param constancy E_static
 * @param dynamic1 E_1
 * @param dynamic3 E_3
 * @param dynamic5 E_5
 * @param regularizer E_reg
 * @param total {@code (1 - w) E_static + w (E_1 + E_3 + E_5) + E_reg}
 */
public record TrackTerms(
    double constancy,
    double dynamic1,
    double dynamic3,
    double dynamic5,
    double regularizer,
    double total) {}
