package org.stereo4d.stereocrafter.opencv;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_photo;
import org.bytedeco.opencv.opencv_core.Mat;
import org.stereo4d.backend.BackendException;
import org.stereo4d.backend.NativeLibraries;
import org.stereo4d.backend.opencv.OpenCvProvider;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.image.Mask;
import org.stereo4d.run.Check;

/**
 * Lines of equal brightness continued into holes (Bertalmio, Bertozzi, Sapiro 2001), by OpenCV.
 *
 * <p>OpenCV walks inward from the border of the holes on one thread, so the same bits come out
 * whatever the number of threads.
 */
public final class NavierStokesFill {
  private final double radiusPx;

  /**
   * A fill; the engine is loaded by the first call of {@link #fill}.
   *
   * @param radiusPx of the known pixels that a pixel is made from, px, > 0 and at most 100
   */
  public NavierStokesFill(double radiusPx) {
    Check.that(radiusPx > 0 && radiusPx <= 100, "radiusPx must be in (0, 100], was %s", radiusPx);
    this.radiusPx = radiusPx;
  }

  /**
   * A picture whose holes are filled from all sides; pixels outside stay as they are. Without any
   * known pixel, holes stay as they are, too.
   *
   * @param image RGB
   * @param holes of the size of the picture
   */
  public ByteImage fill(ByteImage image, Mask holes) {
    Check.that(
        image.channels() == 3 && image.size().equals(holes.size()),
        "image must be RGB of %s, was %s",
        holes.size(),
        image);
    ByteImage out = image.copy();
    int count = holes.count();
    if (count == 0 || count == image.size().area()) {
      return out;
    }
    NativeLibraries.prepareJavaCpp();
    try (PointerScope scope = new PointerScope()) {
      ImageSize size = image.size();
      byte[] flags = new byte[size.area()];
      for (int i = 0; i < flags.length; i++) {
        flags[i] = (byte) (holes.array()[i] ? 1 : 0);
      }
      Mat in = mat(size, opencv_core.CV_8UC3, out.array());
      Mat mask = mat(size, opencv_core.CV_8UC1, flags);
      Mat filled = new Mat();
      opencv_photo.inpaint(in, mask, filled, radiusPx, opencv_photo.INPAINT_NS);
      filled.data().get(out.array());
      return out;
    } catch (LinkageError e) {
      throw OpenCvProvider.missing("the Navier-Stokes fill", e);
    } catch (RuntimeException e) {
      throw new BackendException(
          "OpenCV could not fill holes of " + image.size() + ": " + e.getMessage(), e);
    }
  }

  private static Mat mat(ImageSize size, int type, byte[] values) {
    return new Mat(size.height(), size.width(), type, new BytePointer(values));
  }
}
