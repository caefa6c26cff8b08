package org.stereo4d.backend.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.javacpp.PointerScope;

/** Joins the picture of one file and the sound of another, copying packets unchanged. */
final class AudioCopy {
  private AudioCopy() {}

  /**
   * Writes the joined file; sound that outlasts the picture is cut.
   *
   * @return false when the sound file has no sound; then nothing is written
   */
  static boolean join(Path video, Path audio, Path target) throws IOException {
    try (PointerScope scope = new PointerScope();
        PacketSource pictures = PacketSource.open(video, AVMEDIA_TYPE_VIDEO);
        PacketSource sounds = PacketSource.open(audio, AVMEDIA_TYPE_AUDIO)) {
      if (!sounds.isPresent()) {
        return false;
      }
      try (PacketSink sink = PacketSink.byName(target)) {
        copy(pictures, sounds, sink);
      }
      return true;
    }
  }

  private static void copy(PacketSource pictures, PacketSource sounds, PacketSink sink)
      throws IOException {
    AVStream pictureOut = sink.add(pictures);
    AVStream soundOut = sink.add(sounds);
    sink.begin();
    boolean more = pictures.next();
    boolean moreSound = sounds.next();
    while (more) {
      if (moreSound && sounds.isBefore(pictures)) {
        sink.write(sounds.packet(), sounds.stream().time_base(), soundOut);
        moreSound = sounds.next();
      } else {
        sink.write(pictures.packet(), pictures.stream().time_base(), pictureOut);
        more = pictures.next();
      }
    }
    sink.finish();
  }
}
