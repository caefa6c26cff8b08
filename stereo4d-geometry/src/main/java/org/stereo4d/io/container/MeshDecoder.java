package org.stereo4d.io.container;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.stereo4d.run.Limits;

/**
 * Decodes the mesh boxes of an {@code mshp} box: a table of coordinates, vertices as zigzag-coded
 * differences of indices into it, then lists of differences of vertex indices.
 */
final class MeshDecoder {
  /** Real meshes have some tens of kilobytes. */
  private static final int MAX_INFLATED_BYTES = 64 << 20;

  private static final int MESH = 0x6d657368;
  private static final int BOX_HEADER_BYTES = 8;

  private final String encoding;
  private final byte[] data;
  private final Limits limits;

  MeshDecoder(String encoding, byte[] data, Limits limits) {
    this.encoding = encoding;
    this.data = data;
    this.limits = limits;
  }

  List<ProjectionMesh> decode() throws IOException {
    ByteBuffer in = ByteBuffer.wrap(encoding.equals("dfl8") ? inflate() : data);
    List<ProjectionMesh> meshes = new ArrayList<>();
    while (in.remaining() >= BOX_HEADER_BYTES) {
      int start = in.position();
      int size = in.getInt();
      int type = in.getInt();
      if (size < BOX_HEADER_BYTES || size > in.limit() - start) {
        throw new IOException("mesh projection: box has size " + size + " at " + start);
      }
      if (type == MESH) {
        ByteBuffer body = in.slice(start + BOX_HEADER_BYTES, size - BOX_HEADER_BYTES);
        meshes.add(mesh(new Bits(body)));
      }
      in.position(start + size);
    }
    if (meshes.isEmpty()) {
      throw new IOException("mesh projection: has no mesh");
    }
    return meshes;
  }

  private byte[] inflate() throws IOException {
    int most = (int) Math.min(MAX_INFLATED_BYTES, limits.maxMemberBytes());
    Inflater inflater = new Inflater(true);
    byte[] padded = java.util.Arrays.copyOf(data, data.length + 1); // raw inflation needs one more
    try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(padded), inflater)) {
      byte[] out = in.readNBytes(most);
      if (out.length == most && in.read() >= 0) {
        throw new IOException("mesh projection: inflates to more than " + most + " bytes");
      }
      return out;
    } catch (ZipException | EOFException e) {
      throw new IOException("mesh projection: deflated data is damaged: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  private static ProjectionMesh mesh(Bits in) throws IOException {
    int coordinateCount = in.count(32, "coordinates");
    float[] coordinates = new float[coordinateCount];
    for (int i = 0; i < coordinateCount; i++) {
      coordinates[i] = Float.intBitsToFloat((int) in.read(32));
    }
    int bits = bitsFor(coordinateCount);
    int vertexCount = in.count(ProjectionMesh.VERTEX_SIZE * bits, "vertices");
    float[] vertices = new float[vertexCount * ProjectionMesh.VERTEX_SIZE];
    int[] index = new int[ProjectionMesh.VERTEX_SIZE];
    for (int i = 0; i < vertices.length; i++) {
      int k = i % ProjectionMesh.VERTEX_SIZE;
      index[k] += zigzag(in.read(bits));
      if (index[k] < 0 || index[k] >= coordinateCount) {
        throw new IOException(
            "mesh projection: coordinate " + index[k] + ", expected less than " + coordinateCount);
      }
      vertices[i] = coordinates[index[k]];
    }
    in.align();
    int lists = in.count(8 + 8 + 32, "vertex lists");
    List<ProjectionMesh.Strip> strips = new ArrayList<>();
    for (int i = 0; i < lists; i++) {
      strips.add(strip(in, vertexCount));
    }
    return new ProjectionMesh(vertices, strips);
  }

  private static ProjectionMesh.Strip strip(Bits in, int vertexCount) throws IOException {
    int texture = (int) in.read(8);
    int form = (int) in.read(8);
    if (form >= ProjectionMesh.Form.values().length) {
      throw new IOException("mesh projection: index type " + form + ", expected 0 to 2");
    }
    int bits = bitsFor(vertexCount);
    int[] indices = new int[in.count(bits, "indices")];
    int index = 0;
    for (int i = 0; i < indices.length; i++) {
      index += zigzag(in.read(bits));
      if (index < 0 || index >= vertexCount) {
        throw new IOException(
            "mesh projection: vertex " + index + ", expected less than " + vertexCount);
      }
      indices[i] = index;
    }
    in.align();
    return new ProjectionMesh.Strip(texture, ProjectionMesh.Form.values()[form], indices);
  }

  /** {@code ceil(log2(2 n))}: room for a zigzag-coded difference of two of n indices. */
  private static int bitsFor(int n) {
    return n == 0 ? 0 : 64 - Long.numberOfLeadingZeros(2L * n - 1);
  }

  private static int zigzag(long coded) {
    return (int) (coded >> 1) ^ -(int) (coded & 1);
  }

  /** Big-endian bits. */
  private static final class Bits {
    private final ByteBuffer in;
    private long position;

    Bits(ByteBuffer in) {
      this.in = in;
    }

    private long left() {
      return 8L * in.limit() - position;
    }

    /** A 31-bit count of items of so many bits, which must be there. */
    int count(int bitsEach, String what) throws IOException {
      long count = read(32);
      boolean fits = bitsEach == 0 ? count == 0 : count <= left() / bitsEach;
      if (!fits) {
        throw new IOException("mesh projection: has " + count + " " + what + ", ends before");
      }
      return (int) count;
    }

    long read(int bits) throws IOException {
      if (bits > left()) {
        throw new EOFException("mesh projection: ends early");
      }
      long value = 0;
      for (int i = 0; i < bits; ) {
        int free = 8 - (int) (position & 7);
        int take = Math.min(free, bits - i);
        int b = in.get((int) (position >> 3)) & 0xff;
        value = value << take | (b >> (free - take) & ((1 << take) - 1));
        position += take;
        i += take;
      }
      return value;
    }

    void align() {
      position = (position + 7) & ~7L;
    }
  }
}
