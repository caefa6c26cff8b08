package org.stereo4d.stereocrafter.format;

import java.nio.file.Path;

/** Names of files of the reference and of players. */
public final class OutputNames {
  private static final String SPLAT = "_splatting_results";
  private static final String INPAINT = "_inpainting_results";

  private OutputNames() {}

  /** The name without its extension. */
  public static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** A file beside the source whose end of name tells players the format. */
  public static Path forPlayers(Path source, String suffix) {
    return source.resolveSibling(stem(source) + suffix + ".mp4");
  }

  /** The reference's name of an inpainted video, such as "sbs" or "anaglyph", of a grid file. */
  public static Path ofReference(Path grid, String kind) {
    String name = stem(grid).replace(SPLAT, "") + INPAINT;
    return grid.resolveSibling(name + "_" + kind + ".mp4");
  }
}
