package io.millrace.dashboard.access;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * How often somebody has tried a password in vain: after some failures of a name, or from an address, the next try must wait,
 * twice as long after each further one, as {@link LoginSettings} say. Three times the longest
 * delay without one, and it is forgotten. A
 * name that has signed in from an address counts on its own there, so that others' tries do not lock its holder out. In the
 * memory of this process, bounded.
 */
final class LoginAttempts {

    private static final int MOST_KEYS = 10_000;
    private static final int LONGEST_NAME = 100;
    private static final int NETWORK_BYTES = 8;

    private final LoginSettings settings;
    private final InstantSource clock;
    private final Map<String, Failures> failures = new Bounded<>(MOST_KEYS);
    private final Map<String, Boolean> known = new Bounded<>(MOST_KEYS / 10);

    LoginAttempts(LoginSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Counts a try as failed before it is made, so that many at once are no way around the limit; {@link #succeeded} takes it back.
     *
     * @return how long to wait before the next one, in which case this must not be made; empty if it may
     */
    synchronized Optional<Duration> begin(String name, String address) {
        var now = clock.instant();
        var keys = keys(name, address);
        var longest = keys.stream().map(key -> wait(current(key, now), now)).max(Duration::compareTo)
                .orElse(Duration.ZERO);
        if (longest.isPositive()) {
            return Optional.of(longest);
        }
        keys.forEach(key -> failures.put(key, current(key, now).oneMore(now)));
        return Optional.empty();
    }

    /** Forgets the name's failures; the address has its other ones still, for it may be many people's. */
    synchronized void succeeded(String name, String address) {
        var keys = keys(name, address);
        failures.remove(keys.getFirst());
        var ofAddress = failures.get(keys.getLast());
        if (ofAddress != null) {
            failures.put(keys.getLast(), ofAddress.oneLess());
        }
        known.put(pair(name, address), true);
    }

    /** For a test. */
    synchronized int size() {
        return failures.size();
    }

    private List<String> keys(String name, String address) {
        String pair = pair(name, address);
        return List.of(known.get(pair) == null ? "name " + plain(name) : pair, "address " + network(address));
    }

    private Failures current(String key, Instant now) {
        var found = failures.get(key);
        return found == null || found.last().plus(settings.longestDelay().multipliedBy(3)).isBefore(now)
                ? Failures.NONE
                : found;
    }

    private Duration wait(Failures failed, Instant now) {
        int more = failed.count() - settings.freeAttempts();
        if (more < 0) {
            return Duration.ZERO;
        }
        var pause = settings.firstDelay().multipliedBy(1L << Math.min(more, 16));
        return Duration.between(now, failed.last()
                .plus(pause.compareTo(settings.longestDelay()) < 0 ? pause : settings.longestDelay()));
    }

    private static String pair(String name, String address) {
        return "known " + plain(name) + " " + network(address);
    }

    private static String plain(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.length() <= LONGEST_NAME ? lower : lower.substring(0, LONGEST_NAME);
    }

    /** An IPv6 address is one of very many that its holder has: the first half counts. */
    private static String network(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return bytes.length == 4 ? address : HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES));
        } catch (IllegalArgumentException e) {
            return address;
        }
    }

    private record Failures(int count, Instant last) {

        static final Failures NONE = new Failures(0, Instant.EPOCH);

        Failures oneMore(Instant now) {
            return new Failures(count + 1, now);
        }

        Failures oneLess() {
            return new Failures(Math.max(0, count - 1), last);
        }
    }

    private static final class Bounded<V> extends LinkedHashMap<String, V> {

        private static final long serialVersionUID = 1;
        private final int most;

        Bounded(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.@Nullable Entry<String, V> eldest) {
            return size() > most;
        }
    }
}
