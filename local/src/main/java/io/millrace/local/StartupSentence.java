package io.millrace.local;

import org.springframework.boot.SpringBootExceptionReporter;

import io.millrace.local.servers.CannotStart;

/** Prints {@link CannotStart}'s sentence and nothing else. */
final class StartupSentence implements SpringBootExceptionReporter {

    @Override
    public boolean reportException(Throwable failure) {
        if (failure instanceof CannotStart) {
            System.err.println(failure.getMessage());
            return true;
        }
        return false;
    }
}
