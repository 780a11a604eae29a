package io.millrace.core.users;

/**
 * How a user wants to be treated.
 *
 * @param locale
 *            a BCP 47 language tag
 */
public record UserSettings(String locale, boolean marketingMails) {

    /** Of those who have not said; the table's defaults are the same. */
    static final UserSettings DEFAULT = new UserSettings("en", false);
}
