package io.millrace.core.mail;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mails say where to unsubscribe.
 *
 * @param url
 *            where recipients of mail reach the API, e.g. {@code https://api.example.org}; blank where mails are to be had that need no
 *            such link only
 * @param key
 *            what links are sealed with: at least 32 characters that nobody can guess, the same in every API and worker; blank like
 *            {@code url}
 * @param acceptedKeys
 *            earlier keys, whose links are in mails that are still read
 */
@ConfigurationProperties("millrace.unsubscribe")
record UnsubscribeSettings(@DefaultValue("") String url, @DefaultValue("") String key,
        @DefaultValue List<String> acceptedKeys) {

    private static final int LEAST_KEY = 32;

    UnsubscribeSettings {
        url = url.strip().replaceAll("/+$", "");
        key = key.strip();
        acceptedKeys = acceptedKeys.stream().map(String::strip).filter(accepted -> !accepted.isEmpty()).toList();
        if (!url.isEmpty() && !isAbsolute(url)) {
            throw new IllegalArgumentException(
                    "millrace.unsubscribe.url must be an http or https URL in ASCII without a query, e.g. https://api.example.org");
        }
        if (Stream.concat(Stream.of(key).filter(one -> !one.isEmpty()), acceptedKeys.stream())
                .anyMatch(one -> one.length() < LEAST_KEY)) {
            throw new IllegalArgumentException("millrace.unsubscribe.key and accepted-keys must have at least "
                    + LEAST_KEY + " random characters each");
        }
    }

    private static boolean isAbsolute(String url) {
        return url.matches("https?://[A-Za-z0-9.\\[\\]:/_~%-]{1,200}") && URI.create(url).getHost() != null;
    }

    /** Without the keys: settings end up in logs. */
    @Override
    public String toString() {
        return "UnsubscribeSettings[url=" + url + ", acceptedKeys=" + acceptedKeys.size() + "]";
    }
}
