package org.stereo4d.io;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.stereo4d.depth.PointCloud;
import org.stereo4d.run.Limits;

/** Reads the first element of a PLY file, which must be {@code vertex} without lists. */
final class PlyReader {
  private static final int LONGEST_LINE = 4096;
  private static final int MOST_PROPERTIES = 256;
  private static final List<String> NAMES =
      List.of("x", "y", "z", "red", "green", "blue", "track", "frame");

  private final Path path;
  private final Limits limits;
  private final List<Property> properties = new ArrayList<>();
  private String format = "";
  private int count;

  PlyReader(Path path, Limits limits) {
    this.path = path;
    this.limits = limits;
  }

  /** One number per vertex: its type, and which of {@link #NAMES} it is, or -1. */
  private record Property(Type type, int meaning) {}

  private enum Type {
    CHAR(1),
    UCHAR(1),
    SHORT(2),
    USHORT(2),
    INT(4),
    UINT(4),
    FLOAT(4),
    DOUBLE(8);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    double get(ByteBuffer in) {
      return switch (this) {
        case CHAR -> in.get();
        case UCHAR -> in.get() & 0xff;
        case SHORT -> in.getShort();
        case USHORT -> in.getShort() & 0xffff;
        case INT -> in.getInt();
        case UINT -> in.getInt() & 0xffffffffL;
        case FLOAT -> in.getFloat();
        case DOUBLE -> in.getDouble();
      };
    }
  }

  Ply.Points read() throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      TextLines lines = new TextLines(in, path.toString(), LONGEST_LINE);
      readHeader(lines);
      for (int i = 0; i < 3; i++) {
        if (!has(i)) {
          throw new IOException(path + ": vertices have no property " + NAMES.get(i));
        }
      }
      int least =
          format.equals("ascii") ? 2 : properties.stream().mapToInt(p -> p.type.bytes).sum();
      if ((long) count * least > Files.size(path)) {
        throw new EOFException(
            path + ": has " + Files.size(path) + " bytes, too few for " + count + " vertices");
      }
      limits.requireBytes(count * 23L, path + ": vertices");
      return readPoints(in, lines);
    }
  }

  private boolean has(int meaning) {
    return properties.stream().anyMatch(p -> p.meaning == meaning);
  }

  private void readHeader(TextLines lines) throws IOException {
    if (!line(lines).equals("ply")) {
      throw new IOException(path + ": does not begin with 'ply'");
    }
    int elements = 0;
    for (String line = line(lines); !line.equals("end_header"); line = line(lines)) {
      String[] words = line.trim().split("\\s+");
      switch (words[0]) {
        case "format" -> format = word(words, 1, line);
        case "element" -> {
          if (elements++ == 0) {
            readVertexElement(words, line);
          }
        }
        case "property" -> {
          if (elements == 1) {
            readProperty(words, line);
          }
        }
        case "comment", "obj_info", "" -> {}
        default -> throw bad(line);
      }
    }
    if (elements == 0) {
      throw new IOException(path + ": has no element vertex");
    }
    if (!List.of("ascii", "binary_little_endian", "binary_big_endian").contains(format)) {
      throw new IOException(path + ": format is '" + format + "', expected ascii or binary");
    }
  }

  private void readVertexElement(String[] words, String line) throws IOException {
    if (!word(words, 1, line).equals("vertex")) {
      throw new IOException(path + ": first element is " + words[1] + ", expected vertex");
    }
    if (!word(words, 2, line).matches("[0-9]{1,9}")) {
      throw bad(line);
    }
    count = Integer.parseInt(words[2]);
  }

  private void readProperty(String[] words, String line) throws IOException {
    Type type =
        switch (word(words, 1, line)) {
          case "char", "int8" -> Type.CHAR;
          case "uchar", "uint8" -> Type.UCHAR;
          case "short", "int16" -> Type.SHORT;
          case "ushort", "uint16" -> Type.USHORT;
          case "int", "int32" -> Type.INT;
          case "uint", "uint32" -> Type.UINT;
          case "float", "float32" -> Type.FLOAT;
          case "double", "float64" -> Type.DOUBLE;
          default -> throw bad(line);
        };
    int meaning = NAMES.indexOf(word(words, 2, line));
    if ((meaning >= 0 && has(meaning)) || properties.size() == MOST_PROPERTIES) {
      throw bad(line);
    }
    properties.add(new Property(type, meaning));
  }

  private Ply.Points readPoints(InputStream in, TextLines lines) throws IOException {
    float[] xyz = new float[3 * count];
    byte[] rgb = new byte[3 * count];
    Arrays.fill(rgb, (byte) 255);
    int[] track = new int[has(6) ? count : 0];
    int[] frame = new int[has(7) ? count : 0];
    for (int i = 0; i < count; i++) {
      double[] values = format.equals("ascii") ? textVertex(lines, i) : binaryVertex(in, i);
      for (int p = 0; p < values.length; p++) {
        int meaning = properties.get(p).meaning;
        if (meaning >= 6) {
          (meaning == 6 ? track : frame)[i] = (int) values[p];
        } else if (meaning >= 3) {
          rgb[3 * i + meaning - 3] = color(properties.get(p).type, values[p]);
        } else if (meaning >= 0) {
          xyz[3 * i + meaning] = (float) values[p];
        }
      }
    }
    return new Ply.Points(PointCloud.wrap(xyz, rgb), track, frame);
  }

  /** Colours are 0 to 255, or 0 to 1 where they are stored as floating point numbers. */
  private static byte color(Type type, double value) {
    double scaled = type == Type.FLOAT || type == Type.DOUBLE ? Math.rint(255 * value) : value;
    return (byte) Math.max(0, Math.min(255, scaled));
  }

  private double[] binaryVertex(InputStream in, int index) throws IOException {
    int bytes = properties.stream().mapToInt(p -> p.type.bytes).sum();
    byte[] data = in.readNBytes(bytes);
    if (data.length < bytes) {
      throw new EOFException(path + ": ends at vertex " + index + " of " + count);
    }
    boolean little = format.equals("binary_little_endian");
    ByteBuffer buffer =
        ByteBuffer.wrap(data).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    double[] values = new double[properties.size()];
    for (int p = 0; p < values.length; p++) {
      values[p] = properties.get(p).type.get(buffer);
    }
    return values;
  }

  private double[] textVertex(TextLines lines, int index) throws IOException {
    String line = line(lines);
    String[] words = line.trim().split("\\s+");
    if (words.length != properties.size()) {
      throw new IOException(
          path
              + ": vertex "
              + index
              + " has "
              + words.length
              + " numbers, expected "
              + properties.size());
    }
    double[] values = new double[words.length];
    for (int p = 0; p < values.length; p++) {
      try {
        values[p] = Double.parseDouble(words[p]);
      } catch (NumberFormatException e) {
        throw new IOException(
            path + ": vertex " + index + " has '" + words[p] + "', expected a number", e);
      }
    }
    return values;
  }

  private String line(TextLines lines) throws IOException {
    return lines.next().orElseThrow(() -> new EOFException(path + ": ends within its text"));
  }

  private String word(String[] words, int index, String line) throws IOException {
    if (index >= words.length) {
      throw bad(line);
    }
    return words[index];
  }

  private IOException bad(String line) {
    return new IOException(path + ": header line '" + line + "' is not understood");
  }
}
