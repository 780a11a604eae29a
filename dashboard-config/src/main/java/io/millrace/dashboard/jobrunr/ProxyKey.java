package io.millrace.dashboard.jobrunr;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/** What tells the proxy from the other programs of this machine; another one at each start. */
record ProxyKey(String value) {

    static final String HEADER = "Millrace-Proxy-Key";

    private static final int BYTES = 32;

    static ProxyKey random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new ProxyKey(HexFormat.of().formatHex(bytes));
    }

    boolean is(@Nullable String shown) {
        return shown != null && MessageDigest.isEqual(value.getBytes(StandardCharsets.UTF_8),
                shown.getBytes(StandardCharsets.UTF_8));
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ProxyKey";
    }
}
