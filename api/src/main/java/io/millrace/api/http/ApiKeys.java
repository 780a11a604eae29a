package io.millrace.api.http;

import java.security.MessageDigest;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/** The configured keys, as digests: equally long, so that comparing them takes the same time whatever was sent. */
@Component
public final class ApiKeys {

    private final boolean open;
    private final List<Configured> configured;

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
        this.configured = settings.keys().stream().map(Sha256::of)
                .map(digest -> new Configured(digest, Caller.configured(digest))).toList();
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
        if (!open && configured.isEmpty() && !elsewhere.getAsBoolean()) {
            throw new UnsafeApiKeys("No API key is configured: set millrace.api.keys (environment variable"
                    + " MILLRACE_API_KEYS) to one or more keys, separated by commas, or make one in the database: run"
                    + " this program with the arguments keys create --name first --scopes enqueue,read,operate.");
        }
    }

    /** Null if it is none of them. */
    @Nullable
    Caller holderOf(String candidate) {
        byte[] digest = Sha256.of(candidate);
        Caller holder = null;
        for (Configured key : configured) {
            // No short cut: which key it was must not show in the time it takes either.
            if (MessageDigest.isEqual(key.digest, digest)) {
                holder = key.holder;
            }
        }
        return holder;
    }

    /** One of them. */
    private static final class Configured {

        private final byte[] digest;
        private final Caller holder;

        Configured(byte[] digest, Caller holder) {
            this.digest = digest;
            this.holder = holder;
        }
    }
}
