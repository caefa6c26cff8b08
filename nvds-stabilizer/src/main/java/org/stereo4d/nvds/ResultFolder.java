package org.stereo4d.nvds;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.stereo4d.depth.InverseDepthMap;
import org.stereo4d.image.ByteImage;
import org.stereo4d.image.ColorMap;
import org.stereo4d.image.FloatImage;
import org.stereo4d.io.Pfm;
import org.stereo4d.io.png.PngImage;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Progress;
import org.stereo4d.run.Step;

/**
 * The output folder of the reference:
 *
 * <pre>
 *   result.txt, result.json
 *   initial/gray/frame_000000.png    16 bits; 1 is the forward pass, 2 the backward, mix the result
 *   initial/color/0.png              RGBA, inferno
 *   initial/range.txt                values of level 0 and 65535
 *   initial/pfm/frame_000000.pfm     when asked for
 * </pre>
 */
public final class ResultFolder {
  private final Path base;
  private final ResultOptions options;

  /** A folder, made when something is written. */
  public ResultFolder(Path base, ResultOptions options) {
    this.base = base;
    this.options = options;
  }

  /** Writes every stage and the reports. */
  public void write(StabilizedClip clip, Progress progress) throws IOException {
    writePass("initial", clip.initial(), progress);
    writePass("1", clip.forward(), progress);
    writePass("2", clip.backward(), progress);
    writePass("mix", clip.mix(), progress);
    if (clip.scores().isPresent()) {
      writeText("result.txt", ResultText.ofScores(clip.scores().get()), options.append());
    }
    writeText("result.json", ResultText.json(clip) + "\n", false);
  }

  private void writeText(String name, String text, boolean append) throws IOException {
    Path file = base.resolve(name);
    String before =
        append && Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    byte[] bytes = (before + text).getBytes(StandardCharsets.UTF_8);
    AtomicOutput.write(file, out -> out.write(bytes));
  }

  /** Writes the maps of one stage. */
  public void writePass(String name, List<InverseDepthMap> maps, Progress progress)
      throws IOException {
    Path folder = base.resolve(name);
    DepthLevels clip = DepthLevels.of(maps);
    boolean perFrame = options.range() == ResultOptions.Range.FRAME;
    for (int t = 0; t < maps.size(); t++) {
      InverseDepthMap map = maps.get(t);
      DepthLevels levels = perFrame ? DepthLevels.of(List.of(map)) : clip;
      String file = String.format(Locale.ROOT, "frame_%06d", t);
      PngImage.ofValues16(levels.levels(map)).write(folder.resolve("gray/" + file + ".png"));
      PngImage.of(colors(map, levels)).write(folder.resolve("color/" + t + ".png"));
      if (options.floats()) {
        Pfm.write(folder.resolve("pfm/" + file + ".pfm"), map.values());
      }
      if (progress.finishAfter(Step.of("writing " + name, t + 1, maps.size()))) {
        break;
      }
    }
    if (!perFrame) {
      writeText(name + "/range.txt", clip.low() + " " + clip.high() + "\n", false);
    }
  }

  /** Inferno, opaque; {@code floor(256 x)} of the stretched value, the last colour at 1. */
  public static ByteImage colors(InverseDepthMap map, DepthLevels levels) {
    FloatImage unit = levels.unit(map);
    ByteImage rgb = ColorMap.INFERNO.colorize(unit, 0, 1);
    ByteImage out = ByteImage.create(map.size(), 4);
    for (int i = 0; i < map.size().area(); i++) {
      out.array()[4 * i] = rgb.array()[3 * i];
      out.array()[4 * i + 1] = rgb.array()[3 * i + 1];
      out.array()[4 * i + 2] = rgb.array()[3 * i + 2];
      out.array()[4 * i + 3] = (byte) 255;
    }
    return out;
  }
}
