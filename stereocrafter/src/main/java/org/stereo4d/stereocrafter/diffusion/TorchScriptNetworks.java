package org.stereo4d.stereocrafter.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.stereo4d.backend.BackendException;
import org.stereo4d.image.FloatImage;
import org.stereo4d.image.ImageSize;
import org.stereo4d.network.Device;
import org.stereo4d.network.ModelContract;
import org.stereo4d.network.Precision;
import org.stereo4d.network.TensorSpec;
import org.stereo4d.network.Tensors;
import org.stereo4d.network.TorchScriptModel;
import org.stereo4d.run.Check;

/**
 * The networks as four TorchScript programs:
 *
 * <pre>
 * clip_image_encoder.pt   (n, 3, 224, 224)                                  -> (n, 1024)
 * vae_encoder.pt          (n, 3, H, W)                                      -> (n, 4, H/8, W/8)
 * vae_decoder.pt          (n, 4, h, w)                                      -> (n, 3, 8h, 8w)
 * unet_depth.pt           (1, T, 8, h, w), t (1), (1, T, 1024), (1, 3)      -> (1, T, 4, h, w)
 * unet_stereo.pt          (B, T, 9, h, w), t (1), (B, 1, 1024), (B, 3)      -> (B, T, 4, h, w)
 * </pre>
 *
 * <p>Owns the programs. The autoencoder needs single precision; the others may run in half.
 */
public final class TorchScriptNetworks implements DiffusionNetworks {
  /** The image encoder. */
  public static final ModelContract CLIP =
      new ModelContract(
          "embedding of pictures",
          List.of(TensorSpec.real("pictures", "n 3 224 224")),
          List.of(TensorSpec.real("embeddings", "n " + EMBEDDING)));

  /** Pictures to latents. */
  public static final ModelContract ENCODER =
      new ModelContract(
          "pictures to latents",
          List.of(TensorSpec.real("pictures", "n 3 ph pw")),
          List.of(TensorSpec.real("latents", "n " + PLANES + " h w")));

  /** Latents to pictures. */
  public static final ModelContract DECODER =
      new ModelContract(
          "latents to pictures",
          List.of(TensorSpec.real("latents", "n " + PLANES + " h w")),
          List.of(TensorSpec.real("pictures", "n 3 ph pw")));

  private final Task task;
  private final ExportManifest manifest;
  private final TorchScriptModel clip;
  private final TorchScriptModel encoder;
  private final TorchScriptModel decoder;
  private final TorchScriptModel unet;

  /**
   * Networks that are loaded already.
   *
   * @param unet of the contract {@link #denoiser} of the task
   */
  public TorchScriptNetworks(
      Task task,
      ExportManifest manifest,
      TorchScriptModel clip,
      TorchScriptModel encoder,
      TorchScriptModel decoder,
      TorchScriptModel unet) {
    this.task = task;
    this.manifest = manifest;
    this.clip = clip;
    this.encoder = encoder;
    this.decoder = decoder;
    this.unet = unet;
  }

  /** The denoising network of a task. */
  public static ModelContract denoiser(Task task) {
    String embeddings = task == Task.DEPTH ? "t" : "1";
    return new ModelContract(
        "denoising for " + task,
        List.of(
            TensorSpec.real("sample", "b t " + task.inputPlanes() + " h w"),
            TensorSpec.real("timestep", "1"),
            TensorSpec.real("embeddings", "b " + embeddings + " " + EMBEDDING),
            TensorSpec.real("conditions", "b 3")),
        List.of(TensorSpec.real("prediction", "b t " + PLANES + " h w")));
  }

  /**
   * Loads a folder of programs and its manifest, and tries the denoising network once on nothing.
   *
   * @param precision of the image encoder and the denoising network
   * @throws IOException if a file cannot be read
   * @throws BackendException if the denoising network is one for the other task
   */
  public static TorchScriptNetworks load(Path folder, Task task, Device device, Precision precision)
      throws IOException {
    ExportManifest manifest = ExportManifest.read(folder);
    requirePlanes(folder, task, manifest);
    List<String> names = ExportManifest.fileNames(task);
    List<ModelContract> contracts = List.of(CLIP, ENCODER, DECODER, denoiser(task));
    List<TorchScriptModel> models = new ArrayList<>();
    try {
      for (int i = 0; i < names.size(); i++) {
        boolean autoencoder = i == 1 || i == 2;
        models.add(
            TorchScriptModel.load(
                folder.resolve(names.get(i)),
                contracts.get(i),
                device,
                autoencoder ? Precision.FLOAT32 : precision));
      }
      TorchScriptNetworks networks =
          new TorchScriptNetworks(
              task, manifest, models.get(0), models.get(1), models.get(2), models.get(3));
      networks.tryOut(folder.resolve(names.get(3)));
      return networks;
    } catch (IOException | RuntimeException e) {
      models.forEach(TorchScriptModel::close);
      throw e;
    }
  }

  private static void requirePlanes(Path folder, Task task, ExportManifest manifest) {
    Integer planes = manifest.inputPlanes().get(task);
    if (planes == null || planes != task.inputPlanes()) {
      throw new BackendException(
          folder.resolve(ExportManifest.FILE_NAME)
              + ": the denoising network for "
              + task
              + " takes "
              + task.inputPlanes()
              + " planes, the manifest names "
              + manifest.inputPlanes());
    }
  }

  /** One call on zeros: a network of the other task or of another size fails here, not later. */
  private void tryOut(Path file) {
    ImageSize picture = manifest.fixedSize().orElse(new ImageSize(64, 64));
    ImageSize cells = new ImageSize(picture.width() / CELL_PX, picture.height() / CELL_PX);
    int frames = manifest.fixedFrames().orElse(1);
    int rows = task == Task.DEPTH ? frames : 1;
    Request nothing =
        new Request(
            List.of(LatentClip.zeros(frames, task.inputPlanes(), cells)),
            0,
            List.of(new float[rows * EMBEDDING]),
            new double[3]);
    try {
      predict(nothing);
    } catch (BackendException e) {
      throw new BackendException(
          file
              + ": does not take "
              + task.inputPlanes()
              + " planes, as a denoising network for "
              + task
              + " must; depth networks take 8, stereo networks 9. "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public Task task() {
    return task;
  }

  @Override
  public double scalingFactor() {
    return manifest.scalingFactor();
  }

  @Override
  public OptionalInt fixedFrames() {
    return manifest.fixedFrames();
  }

  @Override
  public float[] embed(FloatImage picture) {
    try (NDManager scope = clip.newScope()) {
      return clip.run(new NDList(Tensors.ofImages(scope, picture))).head().toFloatArray();
    }
  }

  @Override
  public LatentClip encode(List<FloatImage> pictures) {
    ImageSize size = pictures.get(0).size();
    manifest
        .fixedSize()
        .ifPresent(
            fixed ->
                Check.that(fixed.equals(size), "pictures must be of %s, were of %s", fixed, size));
    try (NDManager scope = encoder.newScope()) {
      NDArray images = Tensors.ofImages(scope, pictures.toArray(new FloatImage[0]));
      return clip(encoder.run(new NDList(images)).head());
    }
  }

  @Override
  public List<FloatImage> decode(LatentClip latents) {
    try (NDManager scope = decoder.newScope()) {
      Shape shape =
          new Shape(latents.frames(), PLANES, latents.size().height(), latents.size().width());
      NDArray out = decoder.run(new NDList(scope.create(latents.values(), shape))).head();
      List<FloatImage> images = new ArrayList<>();
      for (int t = 0; t < latents.frames(); t++) {
        images.add(Tensors.toImage(out, t));
      }
      return images;
    }
  }

  private static LatentClip clip(NDArray array) {
    Shape shape = array.getShape();
    return new LatentClip(
        (int) shape.get(0),
        (int) shape.get(1),
        new ImageSize((int) shape.get(3), (int) shape.get(2)),
        array.toFloatArray());
  }

  @Override
  public List<LatentClip> predict(Request request) {
    int batch = request.samples().size();
    LatentClip first = request.samples().get(0);
    try (NDManager scope = unet.newScope()) {
      NDList inputs = new NDList();
      inputs.add(
          scope.create(
              joined(request.samples().stream().map(LatentClip::values).toList()),
              new Shape(
                  batch,
                  first.frames(),
                  first.channels(),
                  first.size().height(),
                  first.size().width())));
      inputs.add(scope.create(new float[] {(float) request.quarterLogNoise()}));
      int rows = request.embeddings().get(0).length / EMBEDDING;
      inputs.add(scope.create(joined(request.embeddings()), new Shape(batch, rows, EMBEDDING)));
      float[] numbers = new float[3 * batch];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) request.conditions()[i % 3];
      }
      inputs.add(scope.create(numbers, new Shape(batch, 3)));
      float[] out = unet.run(inputs).head().toFloatArray();
      LatentClip all = new LatentClip(batch * first.frames(), PLANES, first.size(), out);
      List<LatentClip> clips = new ArrayList<>();
      for (int b = 0; b < batch; b++) {
        clips.add(all.slice(b * first.frames(), (b + 1) * first.frames()));
      }
      return clips;
    }
  }

  private static float[] joined(List<float[]> parts) {
    int length = parts.get(0).length;
    float[] out = new float[parts.size() * length];
    for (int i = 0; i < parts.size(); i++) {
      System.arraycopy(parts.get(i), 0, out, i * length, length);
    }
    return out;
  }

  @Override
  public void close() {
    clip.close();
    encoder.close();
    decoder.close();
    unet.close();
  }
}
