package io.millrace.worker.mail.smtp;

import java.io.IOException;
import java.net.UnknownHostException;

import org.jspecify.annotations.Nullable;

/** Says why there was no answer, in words that hold no address. */
final class NoAnswer {

    private NoAnswer() {
    }

    /** @param isCut whether the connection took too long and was therefore closed from here */
    static String reason(Throwable failure, boolean isCut) {
        IOException cause = in(failure, IOException.class);
        if (isCut) {
            return "Read timed out";
        }
        return cause == null
                ? "connection lost"
                : cause instanceof UnknownHostException ? "unknown host" : withoutAddress(cause);
    }

    static <T extends Throwable> @Nullable T in(Throwable failure, Class<T> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }

    static String withoutAddress(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() || message.contains("@")
                ? failure.getClass().getSimpleName()
                : message.strip();
    }
}
