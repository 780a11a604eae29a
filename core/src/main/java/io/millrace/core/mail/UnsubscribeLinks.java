package io.millrace.core.mail;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

/**
 * The links by which recipients unsubscribe from a kind of mail without a login: who has the link had the mail. They never expire,
 * and are the same in each mail of a kind to an address. They show neither to who has no key. Thread-safe.
 */
@Component
public final class UnsubscribeLinks {

    private final UnsubscribeSettings settings;
    private final List<SealedUnsubscription> seals;

    UnsubscribeLinks(UnsubscribeSettings settings) {
        this.settings = settings;
        this.seals = Stream.concat(Stream.of(settings.key()), settings.acceptedKeys().stream())
                .filter(key -> !key.isEmpty()).map(SealedUnsubscription::new).toList();
    }

    /** The link for a mail; empty where {@code millrace.unsubscribe.url} or {@code .key} is not set. */
    public Optional<String> write(Unsubscription wanted) {
        return settings.url().isEmpty() || settings.key().isEmpty()
                ? Optional.empty()
                : Optional.of(settings.url() + "/unsubscribe/" + seals.getFirst().seal(wanted));
    }

    /** What the last part of such a link is for; empty if it is none that was sealed with an accepted key. */
    public Optional<Unsubscription> read(String token) {
        return seals.stream().map(seal -> seal.open(token)).flatMap(Optional::stream).findFirst();
    }
}
