package io.millrace.api.http;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says it in a sentence instead of a stack trace. */
final class UnsafeApiKeysAnalyzer extends AbstractFailureAnalyzer<UnsafeApiKeys> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnsafeApiKeys cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
    }
}
