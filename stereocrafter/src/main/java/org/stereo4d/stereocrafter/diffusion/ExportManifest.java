package org.stereo4d.stereocrafter.diffusion;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.stereo4d.image.ImageSize;
import org.stereo4d.run.AtomicOutput;
import org.stereo4d.run.Check;
import org.stereo4d.run.Json;
import org.stereo4d.run.Limits;

/**
 * What {@code manifest.json} says of a folder of exported networks.
 *
 * @param scalingFactor what latents are divided by before decoding; 0.18215 in the published models
 * @param inputPlanes planes of the denoising network of each task that is there
 * @param fixedFrames number of frames it was exported for; empty when any will do
 * @param fixedSize pixels of the pictures it was exported for; empty when any will do
 */
public record ExportManifest(
    double scalingFactor,
    Map<DiffusionNetworks.Task, Integer> inputPlanes,
    OptionalInt fixedFrames,
    Optional<ImageSize> fixedSize) {
  /** Name of the file. */
  public static final String FILE_NAME = "manifest.json";

  private static final double FORMAT = 1;
  private static final long MAX_BYTES = 1 << 20;

  /** Checks the scale and copies the planes. */
  public ExportManifest {
    Check.that(
        scalingFactor > 0 && Double.isFinite(scalingFactor),
        "scaling_factor must be > 0, was %s",
        scalingFactor);
    inputPlanes = Map.copyOf(inputPlanes);
  }

  /**
   * Reads the manifest of a folder.
   *
   * @throws IOException naming the field if it is not of this format
   */
  public static ExportManifest read(Path folder) throws IOException {
    Path file = folder.resolve(FILE_NAME);
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + ": holds " + Files.size(file) + " bytes, expected a manifest");
    }
    try {
      return of(Json.object(Json.parse(Files.readString(file), Limits.DEFAULTS), FILE_NAME));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static ExportManifest of(Map<String, Object> json) {
    double format = number(json, "format");
    Check.that(format == FORMAT, "format must be %s, was %s", FORMAT, format);
    Map<DiffusionNetworks.Task, Integer> planes = new LinkedHashMap<>();
    Map<String, Object> channels =
        Json.object(json.getOrDefault("unet_in_channels", Map.of()), "unet_in_channels");
    for (DiffusionNetworks.Task task : DiffusionNetworks.Task.values()) {
      if (channels.containsKey(key(task))) {
        planes.put(task, (int) number(channels, key(task)));
      }
    }
    Map<String, Object> fixed = Json.object(json.getOrDefault("fixed", Map.of()), "fixed");
    OptionalInt frames =
        fixed.containsKey("T") ? OptionalInt.of(positive(fixed, "T")) : OptionalInt.empty();
    Optional<ImageSize> size =
        fixed.containsKey("H") && fixed.containsKey("W")
            ? Optional.of(new ImageSize(positive(fixed, "W"), positive(fixed, "H")))
            : Optional.empty();
    return new ExportManifest(number(json, "scaling_factor"), planes, frames, size);
  }

  private static String key(DiffusionNetworks.Task task) {
    return task == DiffusionNetworks.Task.DEPTH ? "depth" : "stereo";
  }

  private static double number(Map<String, Object> json, String name) {
    Object value = json.getOrDefault(name, Json.NULL);
    Check.that(value instanceof Number, "%s must be a number, was %s", name, value);
    return ((Number) value).doubleValue();
  }

  private static int positive(Map<String, Object> json, String name) {
    double value = number(json, name);
    Check.that(
        value >= 1 && value <= 1 << 15 && value == Math.rint(value),
        "%s must be a whole number in 1..32768, was %s",
        name,
        value);
    return (int) value;
  }

  /** Writes the manifest into a folder. */
  public void write(Path folder) throws IOException {
    Map<String, Object> channels = new LinkedHashMap<>();
    for (DiffusionNetworks.Task task : DiffusionNetworks.Task.values()) {
      Optional.ofNullable(inputPlanes.get(task)).ifPresent(n -> channels.put(key(task), n));
    }
    Map<String, Object> fixed = new LinkedHashMap<>();
    fixedFrames.ifPresent(t -> fixed.put("T", t));
    fixedSize.ifPresent(
        size -> {
          fixed.put("H", size.height());
          fixed.put("W", size.width());
        });
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", FORMAT);
    json.put("scaling_factor", scalingFactor);
    json.put("unet_in_channels", channels);
    json.put("dynamic", Map.of("T", fixedFrames.isEmpty(), "HW", fixedSize.isEmpty()));
    json.put("fixed", fixed);
    byte[] bytes = Json.format(json).getBytes(StandardCharsets.UTF_8);
    AtomicOutput.write(folder.resolve(FILE_NAME), out -> out.write(bytes));
  }

  /** Names of the networks' files for a task, in the order of {@link DiffusionNetworks}. */
  static List<String> fileNames(DiffusionNetworks.Task task) {
    return List.of(
        "clip_image_encoder.pt", "vae_encoder.pt", "vae_decoder.pt", "unet_" + key(task) + ".pt");
  }
}
