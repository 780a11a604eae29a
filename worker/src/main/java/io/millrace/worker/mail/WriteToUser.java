package io.millrace.worker.mail;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.millrace.core.users.User;
import io.millrace.core.users.UserProfiles;
import io.millrace.core.users.Users;
import io.millrace.jobs.PermanentFailure;

/** Makes letters to users, by the name, at the address and in the language they have when the mail is sent. */
@Component
final class WriteToUser {

    private final Users users;
    private final UserProfiles profiles;
    private final MailTemplates templates;
    private final WantedRecipients wanted;
    private final UnsubscribeLink links;

    WriteToUser(Users users, UserProfiles profiles, MailTemplates templates, WantedRecipients wanted,
            UnsubscribeLink links) {
        this.users = users;
        this.profiles = profiles;
        this.templates = templates;
        this.wanted = wanted;
        this.links = links;
    }

    /**
     * The user.
     *
     * @throws PermanentFailure
     *             if there is none any more
     */
    User find(UUID id) {
        return users.find(id).orElseThrow(() -> new PermanentFailure("there is no user " + id + " any more"));
    }

    /**
     * The letter of this name.
     *
     * @param category
     *            the kind of mail, from which the user may unsubscribe; null for one that somebody asked for
     * @param variables
     *            beside {@code name}
     * @throws PermanentFailure
     *             if the user must not get it
     * @throws MailNotConfigured
     *             if it must say where to unsubscribe and cannot
     */
    Letter write(User user, String name, @Nullable String category, Map<String, Object> variables)
            throws MailNotConfigured {
        var recipient = Recipient.of(user.email(), user.fullName());
        wanted.require(recipient, category);
        var all = new TreeMap<>(variables);
        all.put("name", user.fullName());
        return templates.write(name, MailLanguage.of(profiles.settingsOf(user.id()).locale()), recipient, all,
                category == null ? null : links.of(user.email(), category));
    }
}
