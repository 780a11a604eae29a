package io.millrace.worker.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as <a href="https://www.standardwebhooks.com">Standard Webhooks</a> says: HMAC-SHA256 of id, time and body, one signature for
 * each secret, so that receivers go over to a new one when they like.
 */
final class Signatures {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    private final List<SecretKeySpec> keys;

    /**
     * @param secrets
     *            the newest first; none signs nothing
     * @throws IllegalArgumentException
     *             naming the place of one that is no secret, and not the secret
     */
    Signatures(List<String> secrets) {
        var all = new ArrayList<SecretKeySpec>();
        for (int i = 0; i < secrets.size(); i++) {
            all.add(key(secrets.get(i), i));
        }
        this.keys = List.copyOf(all);
    }

    private static SecretKeySpec key(String secret, int place) {
        if (secret.startsWith(PREFIX)) {
            try {
                byte[] bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
                if (bytes.length >= SHORTEST && bytes.length <= LONGEST) {
                    return new SecretKeySpec(bytes, ALGORITHM);
                }
            } catch (IllegalArgumentException e) {
                // Without the cause, whose message repeats a part of it.
            }
        }
        throw new IllegalArgumentException(
                "millrace.http-call.signing-secrets[%d] must be %s and the base64 of %d to %d bytes"
                        .formatted(place, PREFIX, SHORTEST, LONGEST));
    }

    boolean areMade() {
        return !keys.isEmpty();
    }

    /** The headers of a request; without a secret its id and time alone, for who has to know a repeated one. */
    Map<String, String> headers(String id, Instant at, byte[] body) {
        var headers = new LinkedHashMap<String, String>();
        long seconds = at.getEpochSecond();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(seconds));
        if (areMade()) {
            headers.put("webhook-signature",
                    keys.stream().map(key -> signature(key, id + "." + seconds + ".", body))
                            .collect(Collectors.joining(" ")));
        }
        return headers;
    }

    private static String signature(SecretKeySpec key, String before, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
