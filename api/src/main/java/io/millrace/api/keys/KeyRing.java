package io.millrace.api.keys;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.millrace.api.http.Caller;
import io.millrace.api.http.KeyHolders;

/**
 * The valid keys in memory, so that no request asks the database who calls. {@link KeyUpkeep} looks twice a second whether
 * any has changed. A key that is revoked is refused by every process within {@link #OLDEST}; where the database cannot be
 * asked for so long, no key of it is accepted. A key that is not known here is looked for at once, so that it can be used
 * everywhere as soon as it has been made; however many ask for unknown ones, there is one such look at a time.
 */
@Component
final class KeyRing implements KeyHolders {

    /** What is told is never older than this. */
    static final Duration OLDEST = Duration.ofSeconds(2);

    /** Compared with where no key has the id, so that it takes as long. */
    private static final List<KnownKey.Secret> NONE = List.of(KnownKey.Secret.OF_NOBODY);

    private final KeyRows rows;
    private final ReentrantLock looking = new ReentrantLock();
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private volatile State state = new State(Map.of(), -1, System.nanoTime() - OLDEST.toNanos());

    KeyRing(KeyRows rows) {
        this.rows = rows;
    }

    @Override
    public @Nullable Caller holderOf(String text) {
        KeyText shown = KeyText.parse(text);
        if (shown == null) {
            return null;
        }
        long now = System.nanoTime();
        if (now - state.asOf >= OLDEST.toNanos()) {
            look(now);
        }
        byte[] digest = shown.digest();
        Caller holder = holder(shown.id(), digest, now);
        if (holder == null) {
            look(now);
            holder = holder(shown.id(), digest, now);
        }
        if (holder != null) {
            used.add(holder.key());
        }
        return holder;
    }

    /** What this key may have; nothing limits one that is not of the database. */
    List<Allowance> allowances(Caller caller) {
        KnownKey key = state.keys.get(caller.key());
        return key == null ? List.of() : key.allowances();
    }

    boolean isEmpty() {
        look(System.nanoTime());
        return state.keys.isEmpty();
    }

    /** The keys that were used since this was last asked. */
    Set<String> takeUsed() {
        Set<String> taken = Set.copyOf(used);
        used.removeAll(taken);
        return taken;
    }

    /**
     * Knows after it all changes that were committed before {@code since}.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be asked
     */
    void look(long since) {
        looking.lock();
        try {
            State known = state;
            if (known.asOf - since >= 0) {
                return;
            }
            long begun = System.nanoTime();
            long version = rows.version();
            state = new State(version == known.version ? known.keys : Map.copyOf(rows.load()), version, begun);
        } finally {
            looking.unlock();
        }
    }

    private @Nullable Caller holder(String id, byte[] digest, long now) {
        KnownKey key = state.keys.get(id);
        boolean fits = false;
        for (KnownKey.Secret secret : key == null ? NONE : key.secrets()) {
            fits |= secret.isOf(digest, now);
        }
        return key != null && fits ? key.holder() : null;
    }

    /**
     * What is known.
     *
     * @param asOf
     *            the moment by {@code System.nanoTime()} at which it was so
     */
    private record State(Map<String, KnownKey> keys, long version, long asOf) {
    }
}
