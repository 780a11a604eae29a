package io.millrace.api.paging;

import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.millrace.api.http.ProblemException;
import io.millrace.core.paging.Cursor;
import io.millrace.core.paging.InvalidCursor;
import io.millrace.core.paging.Listing;
import io.millrace.core.paging.Page;
import io.millrace.core.paging.SealedCursors;
import io.millrace.core.paging.Slice;

/** Reads what page a caller wants, and answers it with the cursor of the next one. */
@Component
public final class Paging {

    private static final int MIN_KEY_LENGTH = 32;
    private static final Pattern LIMIT = Pattern.compile("[1-9]\\d*");

    private final SealedCursors cursors;
    private final int usualLimit;
    private final int maxLimit;

    /**
     * Takes the keys from the settings.
     *
     * @throws UnsafePagingKey
     *             if there is none, or one that could be guessed
     */
    Paging(PagingSettings settings) {
        Stream.concat(Stream.of(settings.key()), settings.acceptedKeys().stream()).forEach(key -> {
            if (key.length() < MIN_KEY_LENGTH) {
                throw new UnsafePagingKey("Cursors cannot be signed: set millrace.paging.key (environment variable"
                        + " MILLRACE_PAGING_KEY) to at least " + MIN_KEY_LENGTH
                        + " random characters, the same in every"
                        + " process that serves the API; the same goes for millrace.paging.accepted-keys.");
            }
        });
        this.usualLimit = settings.usualLimit();
        this.maxLimit = settings.maxLimit();
        this.cursors = new SealedCursors(settings.key(), settings.acceptedKeys());
    }

    /**
     * The page that these parameters ask for.
     *
     * @param limit
     *            null for the usual one
     * @param cursor
     *            null for the first page
     * @throws ProblemException
     *             400 that names the parameter which is not valid
     */
    public PageRequest read(Listing listing, @Nullable String limit, @Nullable String cursor) {
        return new PageRequest(listing, after(listing, cursor), limit(limit, usualLimit, maxLimit));
    }

    /** The rows as a page; {@code cursorOf} tells where a row is in the listing. */
    public <T> Page<T> answer(PageRequest request, Slice<T> slice, Function<T, Cursor> cursorOf) {
        String next = slice.hasNext()
                ? cursors.seal(cursorOf.apply(slice.rows().getLast()), request.listing())
                : null;
        return new Page<>(slice.rows(), new Page.Pagination(next, slice.hasNext(), request.limit()));
    }

    /** Rows as a page, with the place behind them; null where nothing is behind. */
    public <T> Page<T> answer(PageRequest request, List<T> rows, @Nullable Cursor next) {
        return new Page<>(rows, new Page.Pagination(next == null ? null : cursors.seal(next, request.listing()),
                next != null, request.limit()));
    }

    private Cursor after(Listing listing, @Nullable String cursor) {
        try {
            return cursor == null ? Cursor.START : cursors.open(cursor, listing);
        } catch (InvalidCursor e) {
            throw ProblemException.invalid("cursor",
                    "must be the nextCursor of a page of this listing with the same filter");
        }
    }

    /**
     * How many rows a caller wants.
     *
     * @param limit
     *            null for the usual number
     * @throws ProblemException
     *             400 that names the parameter, of a kind of its own where it is more than {@code most}
     */
    public static int limit(@Nullable String limit, int usual, int most) {
        if (limit == null) {
            return usual;
        }
        String range = "must be a whole number from 1 to " + most;
        if (!LIMIT.matcher(limit).matches()) {
            throw ProblemException.invalid("limit", range);
        }
        if (new BigInteger(limit).compareTo(BigInteger.valueOf(most)) > 0) {
            throw ProblemException.pageLimit("limit", range);
        }
        return Integer.parseInt(limit);
    }
}
