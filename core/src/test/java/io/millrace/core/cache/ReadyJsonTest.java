package io.millrace.core.cache;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ReadyJsonTest {

    private static final String TEXT = "{\"name\":\"李小龍\"}";

    private final JsonMapper json = JsonMapper.shared();
    private final ReadyJson ready = ReadyJson.of(TEXT.getBytes(StandardCharsets.UTF_8));

    @Test
    void comesBackFromRedisAsItWentThere() {
        var format = ValueFormat.of(ReadyJson.class, json);

        assertThat(format.write(ready)).isEqualTo(TEXT);
        assertThat(format.read(format.write(ready))).isEqualTo(ready);
        assertThat(format.read(format.write(null))).isNull();
    }

    @Test
    void isWrittenAsItsBytes() throws IOException {
        var out = new ByteArrayOutputStream();

        ready.writeTo(out);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(TEXT);
        assertThat(out.size()).isEqualTo(ready.length());
    }

    @Test
    void isJsonAndNoTextWithinWhatJacksonWrites() {
        assertThat(json.writeValueAsString(Map.of("profile", ready))).isEqualTo("{\"profile\":" + TEXT + "}");
    }
}
