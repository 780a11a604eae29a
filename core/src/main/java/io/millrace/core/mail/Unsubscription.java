package io.millrace.core.mail;

/**
 * What a link to unsubscribe is for.
 *
 * @param address
 *            as the mail was sent to it
 * @param category
 *            the kind of mail that it wants no more of
 */
public record Unsubscription(String address, String category) {

    /** Without the address: it must reach no log. */
    @Override
    public String toString() {
        return "Unsubscription[category=" + category + "]";
    }
}
