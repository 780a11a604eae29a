package io.millrace.api.paging;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says it in a sentence instead of a stack trace. */
final class UnsafePagingKeyAnalyzer extends AbstractFailureAnalyzer<UnsafePagingKey> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnsafePagingKey cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
    }
}
