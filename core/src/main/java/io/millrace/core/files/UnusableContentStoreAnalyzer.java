package io.millrace.core.files;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says it in a sentence instead of a stack trace. */
final class UnusableContentStoreAnalyzer extends AbstractFailureAnalyzer<UnusableContentStore> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableContentStore cause) {
        return new FailureAnalysis(cause.getMessage() + ".", cause.action(), cause);
    }
}
