package org.stereo4d.examples.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.stereo4d.pipeline.ClipInput;

/** The driver; see the package. */
public final class SparkBatch {
  private static final int DEFAULT_ATTEMPTS = 4;

  private SparkBatch() {}

  /**
   * Arguments: the list, the output folder, then options as {@code --size 512 --stride 4 --heap 3g
   * --minutes 120}. The list is text, one clip per line, as {@code stereo4d batch} takes it;
   * relative paths are those of its folder. Exits with 1 when clips failed.
   */
  public static void main(String[] args) throws IOException {
    if (args.length < 2 || args.length % 2 != 0) {
      System.err.println(
          "usage: SparkBatch LIST OUTPUT [--size PX] [--stride PX] [--heap 3g] [--minutes N]");
      System.exit(2);
    }
    Map<String, String> options = new TreeMap<>();
    for (int i = 2; i < args.length; i += 2) {
      options.put(args[i], args[i + 1]);
    }
    long failed;
    try (SparkSession spark = SparkSession.builder().appName("stereo4d").getOrCreate()) {
      failed = run(spark, args[0], args[1], options);
    }
    if (failed > 0) {
      System.err.println(failed + " clips failed, see " + args[1] + "/results");
      System.exit(1);
    }
  }

  /**
   * Processes a list.
   *
   * @return how many clips failed
   */
  static long run(SparkSession spark, String list, String output, Map<String, String> options)
      throws IOException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<ClipJob> jobs = jobs(context.textFile(list).collect(), list);
    BatchSettings settings =
        new BatchSettings(
            output,
            Integer.parseInt(options.getOrDefault("--size", "512")),
            Integer.parseInt(options.getOrDefault("--stride", "4")),
            options.getOrDefault("--heap", "3g"),
            Duration.ofMinutes(Long.parseLong(options.getOrDefault("--minutes", "120"))),
            attempts(context));
    // one clip per task, and none is done again for the second table
    JavaRDD<Row> rows =
        context
            .parallelize(jobs, Math.max(1, jobs.size()))
            .map(new ClipTask(settings))
            .persist(StorageLevel.MEMORY_AND_DISK());
    rows.count(); // here, clip by clip: the tables below are written by one task
    Dataset<Row> table = spark.createDataFrame(rows, ClipRow.SCHEMA);
    table.coalesce(1).write().mode(SaveMode.Overwrite).json(output + "/results");
    table.coalesce(1).write().mode(SaveMode.Overwrite).parquet(output + "/statistics");
    long failed = table.filter("not succeeded").count();
    rows.unpersist();
    return failed;
  }

  /** As often as Spark itself tries a task; a local master says so in its name. */
  private static int attempts(JavaSparkContext context) {
    String master = context.master();
    if (master.startsWith("local")) {
      int comma = master.indexOf(',');
      return comma < 0
          ? 1
          : Integer.parseInt(master.substring(comma + 1, master.indexOf(']')).strip());
    }
    return context.getConf().getInt("spark.task.maxFailures", DEFAULT_ATTEMPTS);
  }

  /** The clips of the list; paths with a scheme are kept, others start from the list's folder. */
  private static List<ClipJob> jobs(List<String> lines, String list) throws IOException {
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(list).getParent();
    List<ClipJob> out = new ArrayList<>();
    for (ClipInput clip : ClipInput.parseList(lines, Path.of(""))) {
      String file = clip.clip().map(path -> resolved(folder, path)).orElse("");
      out.add(new ClipJob(clip.id(), resolved(folder, clip.video()), file));
    }
    return out;
  }

  private static String resolved(org.apache.hadoop.fs.Path folder, Path path) {
    // java.nio collapses the two slashes after a scheme
    String text =
        path.toString()
            .replaceFirst("^file:/+", "file:///")
            .replaceFirst("^((?!file:)[a-z][a-z0-9+.-]+):/+", "$1://");
    return new org.apache.hadoop.fs.Path(folder, text).toString();
  }
}
