package org.stereo4d.nvds.network;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.stereo4d.network.checkpoint.Checkpoint;

/**
 * How the tensors of a file compare with those a network needs.
 *
 * @param expected number of tensors that the network has
 * @param missing names that the file lacks
 * @param unexpected names that the network does not have; integer tables of positions are not among
 *     them, they are computed anew
 * @param misshapen "name: has shape, expected shape"
 */
public record WeightReport(
    int expected, List<String> missing, List<String> unexpected, List<String> misshapen) {
  private static final int LINES = 2000;

  /** Copies the lists. */
  public WeightReport {
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
    misshapen = List.copyOf(misshapen);
  }

  /** Compares names and shapes; no element is read. */
  public static WeightReport of(Checkpoint file, Map<String, List<Integer>> expected)
      throws IOException {
    List<String> missing = new ArrayList<>();
    List<String> misshapen = new ArrayList<>();
    Set<String> unexpected = new LinkedHashSet<>(file.names());
    for (Map.Entry<String, List<Integer>> entry : expected.entrySet()) {
      String name = entry.getKey();
      if (!unexpected.remove(name)) {
        missing.add(name);
        continue;
      }
      List<Integer> shape = IntStream.of(file.tensor(name).shape()).boxed().toList();
      if (!shape.equals(entry.getValue())) {
        misshapen.add(name + ": has " + shape + ", expected " + entry.getValue());
      } else if (!file.tensor(name).type().isFloating()) {
        misshapen.add(name + ": holds " + file.tensor(name).type() + ", expected real numbers");
      }
    }
    unexpected.removeIf(WeightReport::isTable);
    return new WeightReport(expected.size(), missing, List.copyOf(unexpected), misshapen);
  }

  /** Tables of positions that follow from the window size. */
  private static boolean isTable(String name) {
    return name.matches(
        "Stabilizer\\.decoder_focal\\.blocks\\.\\d+\\.attn\\."
            + "(relative_position_index(_0|_clips_[0-2])?|valid_ind_rolled(_\\d+)?)");
  }

  /** Whether every tensor is there, and nothing else. */
  public boolean fits() {
    return missing.isEmpty() && unexpected.isEmpty() && misshapen.isEmpty();
  }

  /** The whole report, one tensor per line. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    out.append(expected).append(" tensors expected, ");
    out.append(missing.size()).append(" missing, ");
    out.append(unexpected.size()).append(" unexpected, ");
    out.append(misshapen.size()).append(" of another shape");
    list(out, "missing", missing);
    list(out, "unexpected", unexpected);
    list(out, "of another shape", misshapen);
    return out.toString();
  }

  private static void list(StringBuilder out, String title, List<String> names) {
    if (!names.isEmpty()) {
      out.append('\n').append(title).append(':');
      for (String name : names.subList(0, Math.min(LINES, names.size()))) {
        out.append("\n  ").append(name);
      }
      if (names.size() > LINES) {
        out.append("\n  and ").append(names.size() - LINES).append(" more");
      }
    }
  }
}
