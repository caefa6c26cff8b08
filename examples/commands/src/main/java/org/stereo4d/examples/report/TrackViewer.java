package org.stereo4d.examples.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.stereo4d.camera.PinholeCamera;
import org.stereo4d.camera.Rigid3;
import org.stereo4d.run.Json;
import org.stereo4d.track.Tracks3d;
import org.stereo4d.tracking.TrailOverlay;

/**
 * World tracks for the viewer of the page: at most 3000 of them, so that the page stays small.
 *
 * @param tracks world points, metres
 * @param worldFromCameras one pose per frame
 * @param view camera of the frustum
 * @param framesPerSecond speed of play, Hz
 */
public record TrackViewer(
    Tracks3d tracks, List<Rigid3> worldFromCameras, PinholeCamera view, double framesPerSecond) {
  private static final int MOST_TRACKS = 3000;

  /** The elements of the viewer and its data. */
  String html() {
    Tracks3d shown = tracks.select(TrailOverlay.sample(tracks.count(), MOST_TRACKS, 0));
    return "<div class=\"viewer\">\n"
        + "<canvas tabindex=\"0\" role=\"img\" aria-label=\"3D view of the tracks; arrow keys turn,"
        + " plus and minus zoom, space plays\"></canvas>\n"
        + "<p class=\"fallback\" hidden>This browser has no WebGL; open tracks.glb elsewhere.</p>\n"
        + "<div class=\"controls\"><button type=\"button\" aria-pressed=\"false\">Play</button>"
        + "<input type=\"range\" min=\"0\" max=\"0\" value=\"0\" step=\"1\" aria-label=\"frame\">"
        + "<output></output></div>\n<script type=\"application/json\">"
        + Json.format(data(shown))
        + "</script>\n</div>\n";
  }

  private Map<String, Object> data(Tracks3d shown) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("tracks", shown.count());
    out.put("frames", shown.frameCount());
    out.put("framesPerSecond", Math.max(1, framesPerSecond));
    ByteBuffer xyz = ByteBuffer.allocate(4 * shown.xyz().length).order(ByteOrder.LITTLE_ENDIAN);
    xyz.asFloatBuffer().put(shown.xyz());
    out.put("xyz", base64(xyz.array()));
    byte[] visible = new byte[shown.visible().length];
    for (int i = 0; i < visible.length; i++) {
      visible[i] = (byte) (shown.visible()[i] ? 1 : 0);
    }
    out.put("visible", base64(visible));
    out.put("rgb", base64(shown.rgb()));
    List<Object> poses = new ArrayList<>();
    for (Rigid3 pose : worldFromCameras) {
      poses.add(Arrays.stream(pose.toMatrix34()).boxed().toList());
    }
    out.put("worldFromCameras", poses);
    out.put("halfWidth", view.size().width() / (2 * view.focalXPx()));
    out.put("halfHeight", view.size().height() / (2 * view.focalYPx()));
    putBounds(shown, out);
    return out;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Middle and size of most of the points; a few far ones do not count. */
  private static void putBounds(Tracks3d shown, Map<String, Object> out) {
    List<Double> center = new ArrayList<>();
    double side = 0.1;
    for (int axis = 0; axis < 3; axis++) {
      float[] values = new float[shown.visible().length];
      int n = 0;
      for (int k = 0; k < values.length; k++) {
        if (shown.visible()[k]) {
          values[n++] = shown.xyz()[3 * k + axis];
        }
      }
      Arrays.sort(values, 0, n);
      double low = n == 0 ? 0 : values[(int) (0.05 * (n - 1))];
      double high = n == 0 ? 0 : values[(int) Math.ceil(0.95 * (n - 1))];
      center.add((low + high) / 2);
      side = Math.max(side, high - low);
    }
    out.put("center", center);
    out.put("side", side);
  }
}
