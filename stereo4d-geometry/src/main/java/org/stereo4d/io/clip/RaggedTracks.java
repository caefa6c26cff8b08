package org.stereo4d.io.clip;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.stereo4d.io.npy.NpyArray;
import org.stereo4d.run.Limits;
import org.stereo4d.track.Tracks3d;

/**
 * Tracks as they are stored: the visible entries of all tracks, one after the other.
 *
 * @param lengths visible entries of each track
 * @param frames frame of each entry
 * @param xyz position of each entry
 * @param rgb colour of each track; empty for white
 */
@SuppressWarnings("ArrayRecordComponent") // handed from reader to decoder, never compared
record RaggedTracks(long[] lengths, long[] frames, float[] xyz, byte[] rgb) {
  static RaggedTracks of(Tracks3d tracks) {
    int frameCount = tracks.frameCount();
    int entries = 0;
    for (boolean visible : tracks.visible()) {
      entries += visible ? 1 : 0;
    }
    long[] lengths = new long[tracks.count()];
    long[] frames = new long[entries];
    float[] xyz = new float[3 * entries];
    int k = 0;
    for (int i = 0; i < tracks.count(); i++) {
      for (int t = 0; t < frameCount; t++) {
        if (tracks.isVisible(i, t)) {
          frames[k] = t;
          System.arraycopy(tracks.xyz(), 3 * (i * frameCount + t), xyz, 3 * k, 3);
          lengths[i]++;
          k++;
        }
      }
    }
    return new RaggedTracks(lengths, frames, xyz, tracks.rgb());
  }

  void putInto(Map<String, NpyArray> fields) {
    int[] indices = Arrays.stream(frames).mapToInt(t -> (int) t).toArray();
    fields.put("track_lengths", NpyArray.of(lengths));
    fields.put("track_indices", NpyArray.of(indices));
    fields.put("track_coordinates", NpyArray.of(xyz, indices.length, 3));
    boolean white = true;
    for (byte b : rgb) {
      white &= b == -1;
    }
    if (!white) {
      fields.put("track_colors", NpyArray.of(rgb, lengths.length, 3));
    }
  }

  /**
   * The dense form of the tracks without defects.
   *
   * @param what the file, the beginning of messages
   * @param dropped receives why a track was left out
   * @param strict whether a defect is an error instead
   */
  Tracks3d dense(int frameCount, String what, Limits limits, List<String> dropped, boolean strict)
      throws IOException {
    long[] starts = starts(what, strict);
    boolean[] keep = new boolean[lengths.length];
    int kept = 0;
    for (int i = 0; i < lengths.length; i++) {
      String defect = defect(i, starts, frameCount);
      if (!defect.isEmpty() && strict) {
        throw new IOException(what + ": " + defect);
      }
      keep[i] = defect.isEmpty();
      if (keep[i]) {
        kept++;
      } else {
        dropped.add(defect);
      }
    }
    limits.requireBytes(13L * kept * frameCount, what + ": dense tracks");
    if (3L * kept * frameCount > Integer.MAX_VALUE - 8) {
      throw new IOException(
          what + ": " + kept + " tracks over " + frameCount + " frames exceed an array");
    }
    return fill(frameCount, starts, keep, kept);
  }

  /** Offset of each track; sums that overflow end up beyond the entries and are defects. */
  private long[] starts(String what, boolean strict) throws IOException {
    long[] starts = new long[lengths.length];
    long sum = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = sum;
      sum = lengths[i] < 0 || lengths[i] > frames.length ? Long.MAX_VALUE / 2 : sum + lengths[i];
      sum = Math.min(sum, Long.MAX_VALUE / 2);
    }
    if (strict && sum != frames.length) {
      throw new IOException(
          what
              + ": field 'track_lengths' sums to "
              + Arrays.stream(lengths).sum()
              + ", expected the "
              + frames.length
              + " entries of 'track_indices'");
    }
    return starts;
  }

  /** What is wrong with a track, or an empty text. */
  private String defect(int track, long[] starts, int frameCount) {
    if (lengths[track] < 0 || lengths[track] > frames.length - starts[track]) {
      return "field 'track_lengths': track "
          + track
          + " has length "
          + lengths[track]
          + " at entry "
          + starts[track]
          + " of "
          + frames.length;
    }
    int start = (int) starts[track];
    long[] own = Arrays.copyOfRange(frames, start, start + (int) lengths[track]);
    Arrays.sort(own);
    for (int k = 0; k < own.length; k++) {
      if (own[k] < 0 || own[k] >= frameCount) {
        return "field 'track_indices': track "
            + track
            + " has frame "
            + own[k]
            + ", expected 0 to "
            + (frameCount - 1);
      }
      if (k > 0 && own[k] == own[k - 1]) {
        return "field 'track_indices': track " + track + " has frame " + own[k] + " twice";
      }
    }
    return "";
  }

  private Tracks3d fill(int frameCount, long[] starts, boolean[] keep, int kept) {
    float[] dense = new float[3 * kept * frameCount];
    boolean[] visible = new boolean[kept * frameCount];
    byte[] colors = new byte[3 * kept];
    Arrays.fill(colors, (byte) 255);
    for (int i = 0, row = 0; i < keep.length; i++) {
      if (!keep[i]) {
        continue;
      }
      for (int k = (int) starts[i]; k < starts[i] + lengths[i]; k++) {
        int entry = row * frameCount + (int) frames[k];
        visible[entry] = true;
        System.arraycopy(xyz, 3 * k, dense, 3 * entry, 3);
      }
      if (rgb.length > 0) {
        System.arraycopy(rgb, 3 * i, colors, 3 * row, 3);
      }
      row++;
    }
    return Tracks3d.wrap(frameCount, dense, visible, colors);
  }
}
