package io.millrace.core.mail;

/** Why no mail goes to an address. */
public enum SuppressionReason {
    /** A mail server said that there is no such mailbox. */
    HARD_BOUNCE,
    /** Whoever reads it wants no more; mail that somebody asked for, such as a password reset, still goes there. */
    UNSUBSCRIBED,
    /** An operator said so. */
    MANUAL
}
