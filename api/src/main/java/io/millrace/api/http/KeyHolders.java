package io.millrace.api.http;

import org.jspecify.annotations.Nullable;

/** Who holds which key, apart from those of the settings. */
public interface KeyHolders {

    /**
     * Who shows this key, or null if it is none, is over or has been revoked. Takes the same time whichever secret was shown,
     * and does not log it.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if that cannot be told now
     */
    @Nullable
    Caller holderOf(String key);
}
