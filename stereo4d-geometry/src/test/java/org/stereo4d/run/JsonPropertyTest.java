package org.stereo4d.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonPropertyTest {
  @Provide
  Arbitrary<Object> documents() {
    Arbitrary<Object> leaf =
        Arbitraries.oneOf(
            Arbitraries.strings().map(s -> (Object) s),
            Arbitraries.doubles().between(-1e9, 1e9).map(d -> (Object) d),
            Arbitraries.of(true, false).map(b -> (Object) b),
            Arbitraries.just(Json.NULL));
    return Arbitraries.recursive(
        () -> leaf,
        inner ->
            Arbitraries.oneOf(
                inner.list().ofMaxSize(4).map(l -> (Object) l),
                Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), inner)
                    .ofMaxSize(3)
                    .map(m -> (Object) new LinkedHashMap<>(m))),
        3);
  }

  @Property(tries = 300)
  void parse_ofFormat_isTheSameDocument(@ForAll("documents") Object document) {
    assertThat(Json.parse(Json.format(document), Limits.DEFAULTS)).isEqualTo(document);
  }

  @Property(tries = 2000)
  void parse_anyText_parsesOrThrowsIllegalArgument(@ForAll String text) {
    try {
      Json.parse(text, Limits.DEFAULTS);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("JSON");
    }
  }

  @Example
  void format_path_isItsText() {
    assertThat(Json.format(Map.of("file", Path.of("a", "b"))))
        .isEqualTo(
            "{\n  \"file\": \"" + Path.of("a", "b").toString().replace("\\", "\\\\") + "\"\n}\n");
  }

  @Example
  void parse_deepNesting_isRefused() {
    assertThatThrownBy(() -> Json.parse("[".repeat(100_000), Limits.DEFAULTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nested deeper than 64");
  }

  @Example
  void parse_badDocuments_nameThePosition() {
    for (String bad : List.of("", "{", "[1,]", "{\"a\" 1}", "01x", "\"\\q\"", "tru", "1 2")) {
      assertThatThrownBy(() -> Json.parse(bad, Limits.DEFAULTS))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("character");
    }
  }

  @Example
  void format_numbersThatAreNotFinite_becomeNull() {
    assertThat(Json.format(Map.of("x", Double.NaN))).contains("\"x\": null");
  }
}
