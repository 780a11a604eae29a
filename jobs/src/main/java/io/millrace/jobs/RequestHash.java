package io.millrace.jobs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What makes two requests with one idempotency key the same: what the caller says or else job type and payload. The order of an object's fields does not
 * count, as a map may come in any; nor do the options, as a delay is another time with each try.
 */
final class RequestHash {

    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private RequestHash() {
    }

    /** Of what the key says a request is. */
    static byte[] of(IdempotencyKey key, EnqueuedJob job) {
        String request = key.request();
        return request == null ? of(job) : sha256().digest(("\n" + request).getBytes(StandardCharsets.UTF_8));
    }

    /** 32 bytes; a hash, so that no payload is kept beyond its job. */
    static byte[] of(EnqueuedJob request) {
        String sorted = SORTED.writeValueAsString(SORTED.readTree(request.payload()));
        return sha256().digest((request.type() + '\n' + sorted).getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
