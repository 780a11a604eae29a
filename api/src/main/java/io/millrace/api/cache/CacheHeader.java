package io.millrace.api.cache;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BinaryOperator;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import io.millrace.core.cache.CacheOutcome;
import io.millrace.core.cache.CacheOutcomes;

/** Says in {@code X-Cache} where a cached answer came from; of several, the slowest. Absent where nothing was cached. */
@Component
final class CacheHeader extends OncePerRequestFilter {

    private static final String X_CACHE = "X-Cache";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var slowest = new AtomicReference<>(CacheOutcome.LOCAL);
        try {
            CacheOutcomes.observe(outcome -> response.setHeader(X_CACHE,
                    slowest.accumulateAndGet(outcome, BinaryOperator.maxBy(CacheOutcome::compareTo)).text()),
                    () -> chain.doFilter(request, response));
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }
}
