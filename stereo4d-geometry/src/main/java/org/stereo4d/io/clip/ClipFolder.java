package org.stereo4d.io.clip;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.stereo4d.camera.PoseSource;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.run.Check;

/** Poses from a folder of released clips, {@code <folder>/<clip id>.npz}. */
public final class ClipFolder implements PoseSource {
  private final Path folder;

  /** A source over the clips of a folder; nothing is read yet. */
  public ClipFolder(Path folder) {
    this.folder = folder;
  }

  /** {@inheritDoc} Reads the clip's file at each call. */
  @Override
  public List<Rigid3> worldFromCameras(String clipId, double[] timesSeconds) throws IOException {
    Check.that(
        !clipId.isBlank() && !clipId.contains("/") && !clipId.contains("\\"),
        "clipId must be a file name, was '%s'",
        clipId);
    return StereoClip.read(folder.resolve(clipId + ".npz"))
        .timedPoses()
        .worldFromCameras(clipId, timesSeconds);
  }
}
