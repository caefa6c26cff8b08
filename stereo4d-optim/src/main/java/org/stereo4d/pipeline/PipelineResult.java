package org.stereo4d.pipeline;

import java.nio.file.Path;

/**
 * What a run left behind.
 *
 * @param clip the clip in the released format
 * @param folder everything else
 * @param statistics of the clip
 * @param stagesRun stages that ran; the others were done before
 */
public record PipelineResult(Path clip, Path folder, ClipStatistics statistics, int stagesRun) {}
