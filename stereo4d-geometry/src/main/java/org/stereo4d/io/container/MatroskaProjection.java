package org.stereo4d.io.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stereo4d.run.Check;

/** {@code StereoMode} and {@code Projection} of a {@code Video} element. */
final class MatroskaProjection {
  private static final long TYPE = 0x7671;
  private static final long PRIVATE = 0x7672;
  private static final long YAW = 0x7673;
  private static final long PITCH = 0x7674;
  private static final long ROLL = 0x7675;

  private static final Map<StereoLayout, Long> MODES =
      Map.of(
          StereoLayout.MONO, 0L,
          StereoLayout.LEFT_RIGHT, 1L,
          StereoLayout.BOTTOM_TOP, 2L,
          StereoLayout.TOP_BOTTOM, 3L,
          StereoLayout.RIGHT_LEFT, 11L);

  private MatroskaProjection() {}

  static SphericalMetadata read(EbmlElement video, String what) throws IOException {
    Optional<StereoLayout> layout = Optional.empty();
    Optional<EbmlElement> mode = video.child(EbmlElement.STEREO_MODE);
    if (mode.isPresent()) {
      Optional<Long> value = mode.get().unsigned();
      layout =
          MODES.entrySet().stream()
              .filter(entry -> Optional.of(entry.getValue()).equals(value))
              .map(Map.Entry::getKey)
              .findFirst();
      if (layout.isEmpty()) {
        throw new IOException(
            what + ": StereoMode is " + value + ", expected 0, 1, 2, 3 or 11 (two whole views)");
      }
    }
    Optional<EbmlElement> projection = video.child(EbmlElement.PROJECTION);
    if (projection.isEmpty()) {
      return new SphericalMetadata(layout, Optional.empty(), 0, 0, 0, "");
    }
    EbmlElement p = projection.get();
    try {
      return new SphericalMetadata(
          layout,
          Optional.of(projection(p, what)),
          angle(p, YAW, what),
          angle(p, PITCH, what),
          angle(p, ROLL, what),
          "");
    } catch (IllegalArgumentException e) {
      throw new IOException(what + ": Projection: " + e.getMessage(), e);
    }
  }

  private static Projection projection(EbmlElement p, String what) throws IOException {
    long type = p.child(TYPE).flatMap(EbmlElement::unsigned).orElse(0L);
    Optional<byte[]> data = p.child(PRIVATE).map(EbmlElement::data);
    if (type == 0) {
      return new Projection.Rectilinear();
    }
    if (type == 1) {
      return data.isEmpty()
          ? Projection.Equirectangular.FULL_SPHERE
          : SphericalBoxes.equirectangular(data.get(), what);
    }
    if (type == 2 || type == 3) {
      byte[] bytes =
          data.orElseThrow(
              () -> new IOException(what + ": Projection type " + type + " has no private data"));
      return type == 2 ? SphericalBoxes.cubemap(bytes, what) : SphericalBoxes.mesh(bytes, what);
    }
    throw new IOException(what + ": ProjectionType is " + type + ", expected 0 to 3");
  }

  private static double angle(EbmlElement p, long id, String what) throws IOException {
    Optional<EbmlElement> element = p.child(id);
    if (element.isEmpty() || element.get().data().length == 0) {
      return 0;
    }
    ByteBuffer in = ByteBuffer.wrap(element.get().data());
    return switch (in.remaining()) {
      case 4 -> in.getFloat();
      case 8 -> in.getDouble();
      default ->
          throw new IOException(what + ": a projection angle has " + in.remaining() + " bytes");
    };
  }

  static void replace(EbmlElement video, SphericalMetadata metadata) {
    List<EbmlElement> children = video.children();
    children.removeIf(
        child -> child.id() == EbmlElement.STEREO_MODE || child.id() == EbmlElement.PROJECTION);
    metadata
        .layout()
        .ifPresent(
            layout -> {
              Check.that(
                  MODES.containsKey(layout),
                  "layout must be one that Matroska can say, was %s",
                  layout);
              long mode = MODES.getOrDefault(layout, 0L);
              children.add(EbmlElement.unsigned(EbmlElement.STEREO_MODE, mode));
            });
    metadata.projection().ifPresent(projection -> children.add(element(metadata, projection)));
  }

  private static EbmlElement element(SphericalMetadata metadata, Projection projection) {
    int type =
        projection instanceof Projection.Rectilinear
            ? 0
            : projection instanceof Projection.Equirectangular
                ? 1
                : projection instanceof Projection.Cubemap ? 2 : 3;
    EbmlElement out = EbmlElement.master(EbmlElement.PROJECTION);
    out.children().add(EbmlElement.unsigned(TYPE, type));
    if (type > 0) {
      out.children().add(EbmlElement.of(PRIVATE, SphericalBoxes.payload(projection)));
    }
    out.children().add(angle(YAW, metadata.yawDegrees()));
    out.children().add(angle(PITCH, metadata.pitchDegrees()));
    out.children().add(angle(ROLL, metadata.rollDegrees()));
    return out;
  }

  private static EbmlElement angle(long id, double degrees) {
    return EbmlElement.of(id, ByteBuffer.allocate(8).putDouble(degrees).array());
  }
}
