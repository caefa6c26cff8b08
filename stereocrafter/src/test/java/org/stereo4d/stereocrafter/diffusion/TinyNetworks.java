package org.stereo4d.stereocrafter.diffusion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.stereo4d.network.TorchScriptArchive;

/**
 * Programs of the contract without weights. Latents are means of 8x8 pixels; the denoising network
 * knows at once where it must go: to the latents of the picture, and to a constant in holes.
 */
final class TinyNetworks {
  /** What a hole becomes, in [-1, 1]. */
  static final double HOLE = 0.25;

  static final double SCALE = 0.18215;

  private static final String CLIP =
      """
      def forward(self, x: Tensor) -> Tensor:
        mean = torch.mean(torch.reshape(x, [torch.size(x, 0), -1]), [1])
        return torch.expand(torch.unsqueeze(mean, 1), [-1, 1024])
      """;

  private static final String ENCODER =
      """
      def forward(self, x: Tensor) -> Tensor:
        p = torch.avg_pool2d(x, [8, 8])
        return torch.cat([p, torch.mean(p, [1], True)], 1)
      """;

  private static final String DECODER =
      """
      def forward(self, x: Tensor) -> Tensor:
        rgb = torch.slice(x, 1, 0, 3, 1)
        wide = torch.repeat_interleave(rgb, 8, 3)
        return torch.repeat_interleave(wide, 8, 2)
      """;

  /** v = (x - x0 sqrt(s^2 + 1)) / s leads to x0 from any noise. */
  private static final String STEREO =
      """
      def forward(self, x: Tensor, t: Tensor, e: Tensor, n: Tensor) -> Tensor:
        s = torch.exp(torch.mul(t, 4))
        hole = torch.slice(x, 2, 8, 9, 1)
        seen = torch.mul(torch.slice(x, 2, 4, 8, 1), torch.rsub(hole, 1))
        x0 = torch.mul(torch.add(seen, torch.mul(hole, 0.25)), 0.18215)
        far = torch.mul(x0, torch.sqrt(torch.add(torch.mul(s, s), 1)))
        return torch.div(torch.sub(torch.slice(x, 2, 0, 4, 1), far), s)
      """;

  private static final String DEPTH =
      """
      def forward(self, x: Tensor, t: Tensor, e: Tensor, n: Tensor) -> Tensor:
        s = torch.exp(torch.mul(t, 4))
        x0 = torch.mul(torch.slice(x, 2, 4, 8, 1), 0.18215)
        far = torch.mul(x0, torch.sqrt(torch.add(torch.mul(s, s), 1)))
        return torch.div(torch.sub(torch.slice(x, 2, 0, 4, 1), far), s)
      """;

  private TinyNetworks() {}

  /** Writes programs for both tasks and their manifest. */
  static Path write(Path folder) throws IOException {
    program(folder, "clip_image_encoder.pt", CLIP);
    program(folder, "vae_encoder.pt", ENCODER);
    program(folder, "vae_decoder.pt", DECODER);
    program(folder, "unet_stereo.pt", STEREO);
    program(folder, "unet_depth.pt", DEPTH);
    manifest(OptionalInt.empty()).write(folder);
    return folder;
  }

  static ExportManifest manifest(OptionalInt frames) {
    return new ExportManifest(
        SCALE,
        Map.of(DiffusionNetworks.Task.DEPTH, 8, DiffusionNetworks.Task.STEREO, 9),
        frames,
        Optional.empty());
  }

  static void program(Path folder, String name, String source) throws IOException {
    TorchScriptArchive.ofMethods(source).write(folder.resolve(name));
  }
}
