package org.stereo4d.examples.spark;

import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** How clips ended, as rows of a table. */
final class ClipRow {
  static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("succeeded", DataTypes.BooleanType)
          .add("message", DataTypes.StringType)
          .add("attempt", DataTypes.IntegerType)
          .add("seconds", DataTypes.DoubleType)
          .add("stagesRun", DataTypes.IntegerType)
          .add("frames", DataTypes.IntegerType)
          .add("tracks", DataTypes.IntegerType)
          .add("meanTrackFrames", DataTypes.DoubleType)
          .add("dynamicShare", DataTypes.DoubleType)
          .add("medianDepthMeters", DataTypes.DoubleType)
          .add("knownDepthShare", DataTypes.DoubleType);

  private ClipRow() {}

  /** The row of a finished clip. */
  static Row done(String id, Map<String, Object> outcome) {
    return RowFactory.create(
        id,
        true,
        "",
        (int) number(outcome, "attempt"),
        number(outcome, "seconds"),
        (int) number(outcome, "stagesRun"),
        (int) number(outcome, "frames"),
        (int) number(outcome, "tracks"),
        number(outcome, "meanTrackFrames"),
        number(outcome, "dynamicShare"),
        number(outcome, "medianDepthMeters"),
        number(outcome, "knownDepthShare"));
  }

  /** The row of a clip that failed for good; its statistics are null. */
  static Row failed(String id, String message, int attempt, double seconds) {
    return RowFactory.create(id, false, message, attempt, seconds, 0, 0, 0, null, null, null, null);
  }

  private static double number(Map<String, Object> outcome, String name) {
    return outcome.getOrDefault(name, Double.NaN) instanceof Number number
        ? number.doubleValue()
        : Double.NaN;
  }
}
