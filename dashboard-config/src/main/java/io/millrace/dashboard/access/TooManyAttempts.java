package io.millrace.dashboard.access;

import java.time.Duration;

import org.springframework.security.core.AuthenticationException;

/** A password that was not looked at: too many wrong ones came before it. */
final class TooManyAttempts extends AuthenticationException {

    private static final long serialVersionUID = 1;

    private final long seconds;

    TooManyAttempts(Duration wait) {
        super("too many failed attempts");
        this.seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    }

    /** Until the next try. */
    long seconds() {
        return seconds;
    }
}
