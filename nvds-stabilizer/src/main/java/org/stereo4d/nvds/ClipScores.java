package org.stereo4d.nvds;

import org.stereo4d.nvds.metric.OpwScore;

/**
 * Warping errors of a clip before and after it was steadied, each in processing order: the backward
 * pass from the last frame to the first.
 */
public record ClipScores(OpwScore initial, OpwScore forward, OpwScore backward, OpwScore mix) {}
