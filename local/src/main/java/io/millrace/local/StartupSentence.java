package io.millrace.local;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.NestedExceptionUtils;

import io.millrace.local.servers.CannotStart;

/** Prints {@link CannotStart}'s sentence and nothing else. */
final class StartupSentence implements SpringBootExceptionReporter {

    @Override
    public boolean reportException(Throwable failure) {
        if (failure instanceof CannotStart) {
            System.err.println(failure.getMessage());
            return true;
        }
        // The dashboard has said it itself.
        return NestedExceptionUtils.getMostSpecificCause(failure) instanceof DashboardBeside.DidNotStart;
    }
}
