package io.millrace.worker.mail;

import java.net.IDN;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many mails all workers together send, each a {@link MailRate} or {@code none}; {@code default} is for all that are not named,
 * each by itself, and is none unless said. All workers must have the same.
 *
 * @param domains
 *            to recipients of a domain, without those of its subdomains; a mail counts once for each recipient
 * @param keys
 *            of jobs that an API key has enqueued, by its id
 */
@ConfigurationProperties("millrace.mail.rates")
record MailRateSettings(@DefaultValue Map<String, String> domains, @DefaultValue Map<String, String> keys) {

    private static final String DEFAULT = "default";
    private static final String NONE = "none";

    /**
     * @throws IllegalArgumentException
     *             if one is no rate
     */
    MailRateSettings {
        domains = checked("millrace.mail.rates.domains", domains, MailRateSettings::inAscii);
        keys = checked("millrace.mail.rates.keys", keys, UnaryOperator.identity());
    }

    private static Map<String, String> checked(String setting, Map<String, String> rates, UnaryOperator<String> form) {
        var checked = new HashMap<String, String>();
        rates.forEach((name, rate) -> {
            if (!rate.strip().equals(NONE)) {
                MailRate.parse(setting + "[" + name + "]", rate);
            }
            checked.put(form.apply(name), rate.strip());
        });
        return Map.copyOf(checked);
    }

    private static String inAscii(String domain) {
        return IDN.toASCII(domain).toLowerCase(Locale.ROOT);
    }

    /** @param domain in lower case and ASCII */
    Optional<MailRate> ofDomain(String domain) {
        return of(domains, domain);
    }

    Optional<MailRate> ofKey(String key) {
        return of(keys, key);
    }

    private static Optional<MailRate> of(Map<String, String> rates, String name) {
        @Nullable
        String rate = rates.getOrDefault(name, rates.get(DEFAULT));
        return rate == null || rate.equals(NONE) ? Optional.empty() : Optional.of(MailRate.parse(name, rate));
    }
}
