package io.millrace.core.cache;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says it in a sentence instead of a stack trace. */
final class InvalidRedisUrlAnalyzer extends AbstractFailureAnalyzer<InvalidRedisUrl> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidRedisUrl cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
    }
}
