package io.millrace.api.keys;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.springframework.stereotype.Component;

/** The windows of the keys that called this process. */
@Component
final class KeyWindows {

    private final WindowRows rows;
    private final ConcurrentMap<Of, KeyWindow> windows = new ConcurrentHashMap<>();

    KeyWindows(WindowRows rows) {
        this.rows = rows;
    }

    KeyWindow of(String key, Allowance allowance) {
        // With the allowance: one that is changed by hand in the database is another one from then on.
        return windows.computeIfAbsent(new Of(key, allowance), of -> new KeyWindow(key, allowance, rows));
    }

    private record Of(String key, Allowance allowance) {
    }
}
