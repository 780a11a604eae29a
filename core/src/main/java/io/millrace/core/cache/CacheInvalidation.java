package io.millrace.core.cache;

import java.util.OptionalLong;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Drops what is cached of something that changes. Within a Spring transaction it takes effect right after the commit, before
 * the caller goes on, and not at all after a rollback; without one at once. From then on this process and Redis answer
 * nothing of before; the memory of other processes follows within milliseconds, see {@link CacheResult}. The invalidation
 * is written down in the transaction itself, so that it is not lost when the process dies right after the commit or Redis
 * cannot be reached: it takes effect before Redis is read from again.
 *
 * <p>
 * Not for use within another {@code TransactionSynchronization}'s {@code afterCommit}: that transaction is over.
 */
public class CacheInvalidation {

    private final TwoLevelCache cache;
    private final @Nullable InvalidationLog log;

    /**
     * @param log
     *            null where there is no Redis
     */
    CacheInvalidation(TwoLevelCache cache, @Nullable InvalidationLog log) {
        this.cache = cache;
        this.log = log;
    }

    /**
     * Drops every entry with this tag, e.g. {@code products}.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if it cannot be written down; nothing is dropped then
     */
    public void tag(String name) {
        afterCommit(Invalidation.tag(name));
    }

    /**
     * Drops every entry with this tag and this argument in it, e.g. {@code category} and {@code books} for
     * <code>category:{category}</code>.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if it cannot be written down; nothing is dropped then
     */
    public void tag(String name, String value) {
        afterCommit(tagged(name, value));
    }

    /**
     * Drops every entry that depends on this user, those tagged <code>user:{id}</code>.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if it cannot be written down; nothing is dropped then
     */
    public void user(UUID id) {
        afterCommit(Invalidation.tag("user:" + id));
    }

    /**
     * Drops what one call of a cached method answered.
     *
     * @param prefix
     *            of its {@link CacheResult}, as {@code version}
     * @param arguments
     *            of the call
     * @throws IllegalArgumentException
     *             if an argument cannot be part of a key
     * @throws org.springframework.dao.DataAccessException
     *             if it cannot be written down; nothing is dropped then
     */
    public void call(String prefix, int version, @Nullable Object... arguments) {
        afterCommit(Invalidation.key(CacheKey.of(prefix, version, arguments)));
    }

    /**
     * Drops every entry whose key matches, where {@code *} stands for any text and {@code ?} for one character. Goes through
     * all keys in small steps, so it takes its time where there are millions, and holds up nobody. A key that would be longer
     * than 200 characters is a hash of itself, which no pattern on its arguments matches.
     *
     * @throws IllegalArgumentException
     *             if there are more than three stars
     * @throws org.springframework.dao.DataAccessException
     *             if it cannot be written down; nothing is dropped then
     */
    public void pattern(String pattern) {
        afterCommit(Invalidation.pattern(pattern));
    }

    /**
     * For operators: drops every entry with a tag, at once; {@code products}, or with an argument {@code category:books}.
     *
     * @return how many there were; empty if Redis could not be reached, which then follows once it is back
     */
    public OptionalLong dropTag(String tag) {
        int colon = tag.indexOf(':');
        return now(colon < 0 ? Invalidation.tag(tag) : tagged(tag.substring(0, colon), tag.substring(colon + 1)));
    }

    /**
     * For operators, as {@link #dropTag}: drops every entry whose key matches a pattern, at once.
     *
     * @throws IllegalArgumentException
     *             if there are more than three stars
     */
    public OptionalLong dropPattern(String pattern) {
        return now(Invalidation.pattern(pattern));
    }

    private static Invalidation tagged(String name, String value) {
        return Invalidation.tag(name + ":" + CacheKey.text(value));
    }

    private OptionalLong now(Invalidation invalidation) {
        if (log == null) {
            return cache.drop(invalidation);
        }
        return drop(invalidation, log, log.note(invalidation));
    }

    private void afterCommit(Invalidation invalidation) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            now(invalidation);
            return;
        }
        var notes = log;
        long note = notes == null ? 0 : notes.note(invalidation);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                if (notes == null) {
                    cache.drop(invalidation);
                } else {
                    drop(invalidation, notes, note);
                }
            }
        });
    }

    private OptionalLong drop(Invalidation invalidation, InvalidationLog notes, long note) {
        var dropped = cache.drop(invalidation);
        if (dropped.isPresent()) {
            notes.done(note);
        }
        return dropped;
    }
}
