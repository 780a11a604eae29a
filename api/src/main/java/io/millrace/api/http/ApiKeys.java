package io.millrace.api.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/** The configured keys, as digests: equally long, so that comparing them takes the same time whatever was sent. */
@Component
public final class ApiKeys {

    private final boolean open;
    private final List<byte[]> digests;

    /**
     * Takes the keys from the settings.
     *
     * @throws UnsafeApiKeys
     *             if anybody could call, from any machine
     */
    ApiKeys(ApiSettings settings, ServerProperties server) {
        this.open = settings.open();
        if (open && (server.getAddress() == null || !server.getAddress().isLoopbackAddress())) {
            throw new UnsafeApiKeys("millrace.api.open=true lets anybody in, so it is only accepted with a loopback"
                    + " server.address such as 127.0.0.1.");
        }
        this.digests = settings.keys().stream().map(ApiKeys::digest).toList();
    }

    /** Whether no key is needed. */
    public boolean open() {
        return open;
    }

    /**
     * To be asked before the first request, with whether there are keys elsewhere.
     *
     * @throws UnsafeApiKeys
     *             if nobody has a key and one is needed
     */
    public void checkSomebodyHasOne(BooleanSupplier elsewhere) {
        if (!open && digests.isEmpty() && !elsewhere.getAsBoolean()) {
            throw new UnsafeApiKeys("No API key is configured: set millrace.api.keys (environment variable"
                    + " MILLRACE_API_KEYS) to one or more keys, separated by commas, or make one in the database: run"
                    + " this program with the arguments keys create --name first --scopes operate.");
        }
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
