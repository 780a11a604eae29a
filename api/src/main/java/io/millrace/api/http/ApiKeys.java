package io.millrace.api.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** The configured keys, as digests: equally long, so that comparing them takes the same time whatever was sent. */
final class ApiKeys {

    private final List<byte[]> digests;

    ApiKeys(List<String> keys) {
        this.digests = keys.stream().map(ApiKeys::digest).toList();
    }

    boolean accept(String candidate) {
        byte[] digest = digest(candidate);
        boolean known = false;
        for (byte[] key : digests) {
            // No short cut: which key it was must not show in the time it takes either.
            known |= MessageDigest.isEqual(key, digest);
        }
        return known;
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
