package org.stereo4d.network;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.stereo4d.backend.BackendException;
import org.stereo4d.io.zip.ZipArchive;
import org.stereo4d.run.Check;
import org.stereo4d.run.Limits;

/**
 * A TorchScript program under a contract. Any number of threads may run it at once; closing it
 * frees its weights.
 */
public final class TorchScriptModel implements AutoCloseable {
  private final String name;
  private final ModelContract contract;
  private final Precision precision;
  private final NDManager manager;
  private final PtSymbolBlock block;

  private TorchScriptModel(
      String name,
      ModelContract contract,
      Precision precision,
      NDManager manager,
      PtSymbolBlock block) {
    this.name = name;
    this.contract = contract;
    this.precision = precision;
    this.manager = manager;
    this.block = block;
  }

  /** Makes the block inside a scope. */
  @FunctionalInterface
  private interface Loader {
    PtSymbolBlock load(PtNDManager manager) throws IOException;
  }

  /**
   * Loads a file.
   *
   * @param precision what real inputs are turned into; a program computes in the type it was saved
   *     with, so a half-precision file needs {@link Precision#FLOAT16}
   * @throws IOException if the file cannot be read
   * @throws BackendException if it is no TorchScript program or the engine refuses it
   */
  public static TorchScriptModel load(
      Path file, ModelContract contract, Device device, Precision precision) throws IOException {
    requireProgram(file);
    return load(
        file.toString(),
        contract,
        device,
        precision,
        scope -> JniUtils.loadModule(scope, file, true, new String[0], new String[0], false));
  }

  /** Loads a program from memory. */
  public static TorchScriptModel load(
      TorchScriptArchive program, ModelContract contract, Device device, Precision precision) {
    try {
      return load(
          "program for " + contract.role(),
          contract,
          device,
          precision,
          scope ->
              JniUtils.loadModule(scope, new ByteArrayInputStream(program.bytes()), true, false));
    } catch (IOException e) {
      throw new BackendException("PyTorch cannot read a program from memory", e);
    }
  }

  private static TorchScriptModel load(
      String name, ModelContract contract, Device device, Precision precision, Loader loader)
      throws IOException {
    NDManager manager = TorchEngine.newScope(device);
    try {
      PtSymbolBlock block = loader.load((PtNDManager) manager);
      JniUtils.enableInferenceMode(block);
      return new TorchScriptModel(name, contract, precision, manager, block);
    } catch (EngineException e) {
      manager.close();
      throw new BackendException(
          name + ": PyTorch refuses this TorchScript program: " + firstLine(e), e);
    } catch (IOException | RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  private static void requireProgram(Path file) throws IOException {
    try (ZipArchive zip = ZipArchive.open(file, Limits.DEFAULTS)) {
      boolean hasCode = zip.members().stream().anyMatch(member -> member.name().contains("/code/"));
      if (!hasCode) {
        boolean hasTensors =
            zip.members().stream().anyMatch(member -> member.name().endsWith("/data.pkl"));
        throw new BackendException(
            file
                + ": is not a TorchScript program, it has no code"
                + (hasTensors ? "; it holds tensors only (a checkpoint)" : ""));
      }
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": no such file, expected a TorchScript program", e);
    } catch (IOException e) {
      throw new BackendException(file + ": is not a TorchScript program: " + e.getMessage(), e);
    }
  }

  private static String firstLine(Throwable error) {
    String message = String.valueOf(error.getMessage()).strip();
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /** What the program takes and gives. */
  public ModelContract contract() {
    return contract;
  }

  /** A scope on the device of the program, for its inputs and outputs. */
  public NDManager newScope() {
    return manager.newSubManager();
  }

  /**
   * Runs the program without recording gradients.
   *
   * @param inputs in the order of the contract, in a scope on this device
   * @return outputs in the order of the contract, in the scope of the first input; real numbers are
   *     float
   * @throws BackendException if the program fails, or its outputs are not those of the contract
   */
  public NDList run(NDList inputs) {
    Check.that(manager.isOpen(), "%s is closed", name);
    Map<String, Long> sizes = contract.bindInputs(inputs);
    NDList cast = new NDList();
    for (int i = 0; i < inputs.size(); i++) {
      Tensors.requireSafe(inputs.get(i).getDataType());
      boolean real = !contract.inputs().get(i).integers();
      cast.add(real ? inputs.get(i).toType(precision.dataType(), false) : inputs.get(i));
    }
    NDList outputs;
    try {
      outputs = IValueUtils.forward(block, cast, false);
    } catch (EngineException | IllegalArgumentException | UnsupportedOperationException e) {
      throw new BackendException(
          name + " failed for inputs " + describe(inputs) + ": " + firstLine(e), e);
    }
    NDList bound = contract.bindOutputs(outputs, sizes, name);
    NDList out = new NDList();
    for (int i = 0; i < bound.size(); i++) {
      boolean real = !contract.outputs().get(i).integers();
      out.add(real ? bound.get(i).toType(DataType.FLOAT32, false) : bound.get(i));
    }
    return out;
  }

  private static String describe(NDList arrays) {
    return arrays.stream().map(NDArray::getShape).toList().toString();
  }

  @Override
  public void close() {
    block.close();
    manager.close();
  }

  @Override
  public String toString() {
    return "TorchScriptModel[" + name + ", " + contract.role() + "]";
  }
}
