package io.millrace.api.paging;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What cursors are signed with.
 *
 * @param key
 *            at least 32 characters that nobody can guess; the same in every process that serves the API
 * @param acceptedKeys
 *            further keys whose cursors are accepted. To exchange the key without refusing anybody: accept the new one
 *            everywhere, then make it the key and accept the old one, and drop that once nobody pages with it any more
 */
@ConfigurationProperties("millrace.paging")
record PagingSettings(@DefaultValue("") String key, @DefaultValue List<String> acceptedKeys) {

    PagingSettings {
        key = key.strip();
        acceptedKeys = acceptedKeys.stream().map(String::strip).filter(accepted -> !accepted.isEmpty()).toList();
    }

    /** Without the keys: settings end up in logs. */
    @Override
    public String toString() {
        return "PagingSettings[acceptedKeys=" + acceptedKeys.size() + "]";
    }
}
