package io.millrace.dashboard.access;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How often somebody has tried a password in vain. A name that fails from an address makes its next try from there wait, twice as
 * long after each further one, as {@link LoginSettings} say. What others do, to the name from elsewhere or from the address with
 * other names, delays a try by some seconds at most, and not at all where the name has signed in from the address before. Who has waited
 * for others once has the next turn ({@link KeptTurns}): they cannot renew that delay for as long as they like. Three times the longest
 * delay without a failure, and they are forgotten. In the memory of this process, bounded.
 *
 * <p>
 * Not guaranteed: that somebody gets in at a new place while a person at the very same address, or very many addresses together, try on
 * purpose to keep them out. With hundreds of names, or from hundreds of addresses, these take the turns, of which there is one a second; and
 * who fails with somebody's name from that one's own address holds it up for minutes. Nothing here tells the two apart there, and more turns
 * would be more guesses. Whoever is signed in stays so.
 */
final class LoginAttempts {

    static final int MOST_KEYS = 10_000;
    private static final int LONGEST_NAME = 100;
    private static final int NETWORK_BYTES = 8;
    private static final int AT_ONCE = 20;
    private static final Duration LONGEST_FOR_OTHERS = Duration.ofSeconds(8);

    private final LoginSettings settings;
    private final InstantSource clock;
    private final Map<String, Failures> failures = new Bounded<>(MOST_KEYS);
    private final Map<String, Boolean> known = new Bounded<>(MOST_KEYS / 10);
    private final KeptTurns turns = new KeptTurns();
    /** Of names and pairs; no more than there are requests. */
    private final Map<String, Integer> underWay = new HashMap<>();

    LoginAttempts(LoginSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** If it need not wait it is under way until {@link #succeeded} or {@link #failed} hears of it; else it must not be made. */
    synchronized Attempt begin(String name, String address) {
        var now = clock.instant();
        var keys = keys(name, address);
        var wait = longer(wait(keys.pair, settings.longestDelay(), now), atOnce(keys.pair, true, now));
        if (!keys.known && wait.isZero()) {
            wait = forOthers(keys, now);
        }
        if (wait.isZero()) {
            keys.counted().forEach(key -> underWay.merge(key, 1, Integer::sum));
        }
        return new Attempt(keys, wait);
    }

    /** For what others have done; zero if that is long ago, or was waited for already. */
    private Duration forOthers(Keys keys, Instant now) {
        var longest = LONGEST_FOR_OTHERS.compareTo(settings.longestDelay()) < 0
                ? LONGEST_FOR_OTHERS
                : settings.longestDelay();
        var wait = longer(longer(wait(keys.name, longest, now), wait(keys.address, longest, now)),
                atOnce(keys.name, false, now));
        return wait.isZero() || turns.take(keys, now) ? Duration.ZERO : turns.until(keys, wait, now);
    }

    /** Forgets the name's failures here and, where it was not known, elsewhere; the address has its other ones still. */
    synchronized void succeeded(Attempt attempt) {
        end(attempt);
        attempt.keys.counted().forEach(failures::remove);
        known.put(attempt.keys.pair, true);
    }

    synchronized void failed(Attempt attempt) {
        end(attempt);
        var now = clock.instant();
        var keys = attempt.keys;
        failures.put(keys.pair, current(keys.pair, now).oneMore(now));
        if (!keys.known) {
            failures.put(keys.name, current(keys.name, now).oneMore(now));
            failures.put(keys.address, current(keys.address, now).oneMore(now));
        }
    }

    /** For a test. */
    synchronized int size() {
        return failures.size() + underWay.size();
    }

    private void end(Attempt attempt) {
        attempt.keys.counted()
                .forEach(key -> underWay.computeIfPresent(key, (_, many) -> many == 1 ? null : many - 1));
    }

    /**
     * So that many guesses at once are no way around the limit, and many right ones at once are none: as long as nothing has
     * failed, a good few; then as many as are free still, or one after a delay.
     */
    private Duration atOnce(String key, boolean ofPair, Instant now) {
        int many = underWay.getOrDefault(key, 0);
        int failed = current(key, now).count();
        boolean freeStill = failed < settings.freeAttempts() && (!ofPair || failed == 0);
        int most = freeStill ? AT_ONCE : Math.max(1, settings.freeAttempts() - failed);
        if (ofPair && failed == 0 && known.containsKey(key)) {
            return Duration.ZERO;
        }
        return many < most ? Duration.ZERO : Duration.ofSeconds(1);
    }

    private Keys keys(String name, String address) {
        String network = network(address);
        String pair = "pair " + plain(name) + " " + network;
        return new Keys(pair, "name " + plain(name), "address " + network, known.get(pair) != null);
    }

    private Failures current(String key, Instant now) {
        var found = failures.get(key);
        return found == null || found.last().plus(settings.longestDelay().multipliedBy(3)).isBefore(now)
                ? Failures.NONE
                : found;
    }

    private Duration wait(String key, Duration longest, Instant now) {
        var failed = current(key, now);
        int more = failed.count() - settings.freeAttempts();
        if (more < 0) {
            return Duration.ZERO;
        }
        var pause = settings.firstDelay().multipliedBy(1L << Math.min(more, 16));
        var left = Duration.between(now, failed.last().plus(pause.compareTo(longest) < 0 ? pause : longest));
        return left.isPositive() ? left : Duration.ZERO;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
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

    /**
     * A try to sign in.
     *
     * @param delay
     *            how long to wait before the next one, in which case this must not be made; zero if it may
     */
    record Attempt(Keys keys, Duration delay) {
    }

    /**
     * What a try counts for.
     *
     * @param known
     *            whether the name had signed in from there when it began
     */
    record Keys(String pair, String name, String address, boolean known) {

        private List<String> counted() {
            return known ? List.of(pair) : List.of(pair, name);
        }
    }

    private record Failures(int count, Instant last) {

        static final Failures NONE = new Failures(0, Instant.EPOCH);

        Failures oneMore(Instant now) {
            return new Failures(count + 1, now);
        }
    }
}
