package io.millrace.api.paging;

import java.util.List;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What cursors are signed with, and how large pages are.
 *
 * @param key
 *            at least 32 characters that nobody can guess; the same in every process that serves the API
 * @param acceptedKeys
 *            further keys whose cursors are accepted. To exchange the key without refusing anybody: accept the new one
 *            everywhere, then make it the key and accept the old one, and drop that once nobody pages with it any more
 * @param usualLimit
 *            rows of a page for which nobody says how many
 * @param maxLimit
 *            a page of more is refused with 400; up to 1000
 */
@Validated
@ConfigurationProperties("millrace.paging")
record PagingSettings(@DefaultValue("") String key, @DefaultValue List<String> acceptedKeys,
        @DefaultValue("20") @Min(1) int usualLimit, @DefaultValue("100") @Min(1) @Max(1000) int maxLimit) {

    PagingSettings {
        if (usualLimit > maxLimit) {
            throw new IllegalArgumentException(
                    "millrace.paging.usual-limit must not be over millrace.paging.max-limit.");
        }
        key = key.strip();
        acceptedKeys = acceptedKeys.stream().map(String::strip).filter(accepted -> !accepted.isEmpty()).toList();
    }

    /** Without the keys: settings end up in logs. */
    @Override
    public String toString() {
        return "PagingSettings[acceptedKeys=" + acceptedKeys.size() + ", usualLimit=" + usualLimit
                + ", maxLimit=" + maxLimit + "]";
    }
}
