package io.millrace.api.http;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * How the last of the looks at something failed that are taken one after another. In an outage each takes as long as a connection is
 * waited for; so whoever waited for a look that failed gets that failure, instead of a look of its own behind all the others.
 */
public final class LastFailure {

    private final Class<? extends DataAccessException> kind;

    private volatile @Nullable Failed last;

    /** Of failures of this kind; others are their own caller's alone. */
    public LastFailure(Class<? extends DataAccessException> kind) {
        this.kind = kind;
    }

    /**
     * Looks, unless a look has failed since this caller began to wait for its turn.
     *
     * @param askedAt
     *            when that was, by {@code System.nanoTime()}
     * @throws DataAccessException
     *             that failure, or this look's own
     */
    public <T> T orLook(long askedAt, Supplier<T> look) {
        Failed failed = last;
        if (failed != null && failed.endedAt - askedAt > 0) {
            throw failed.failure;
        }
        try {
            return look.get();
        } catch (DataAccessException e) {
            if (kind.isInstance(e)) {
                last = new Failed(e, System.nanoTime());
            }
            throw e;
        }
    }

    private record Failed(DataAccessException failure, long endedAt) {
    }
}
