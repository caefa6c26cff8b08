package org.stereo4d.io.colmap;

import java.io.IOException;
import java.util.List;
import org.stereo4d.camera.PoseSource;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.run.Check;

/**
 * Poses of frames from a COLMAP model of the frames' pictures: the images in the order of their
 * names are the frames.
 */
public final class ColmapPoseSource implements PoseSource {
  private final ColmapModel model;
  private final double metersPerUnit;

  /**
   * A source.
   *
   * @param model one image per frame
   * @param metersPerUnit length of one unit of the model, which has no scale of its own; > 0
   */
  public ColmapPoseSource(ColmapModel model, double metersPerUnit) {
    Check.that(
        metersPerUnit > 0 && Double.isFinite(metersPerUnit),
        "metersPerUnit must be > 0 and finite, was %s",
        metersPerUnit);
    this.model = model;
    this.metersPerUnit = metersPerUnit;
  }

  /** {@inheritDoc} Times are not used; there must be one image per time. */
  @Override
  public List<Rigid3> worldFromCameras(String clipId, double[] timesSeconds) throws IOException {
    List<ColmapImage> images = model.imagesByName();
    if (images.size() != timesSeconds.length) {
      throw new IOException(
          clipId
              + ": the COLMAP model has "
              + images.size()
              + " registered images, expected one for each of the "
              + timesSeconds.length
              + " frames");
    }
    return images.stream()
        .map(ColmapImage::worldFromCamera)
        .map(pose -> new Rigid3(pose.rotation(), pose.translation().times(metersPerUnit)))
        .toList();
  }
}
