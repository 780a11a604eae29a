package io.millrace.api.keys;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

import io.millrace.api.http.Caller;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.ProblemWriter;

/** Holds callers to their key's rate and quota, right after it is known who they are. Keys without any cost nothing. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 110)
final class AllowanceFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(AllowanceFilter.class);

    private final KeyRing ring;
    private final KeyWindows windows;
    private final ProblemWriter problems;
    private final MeterRegistry meters;

    AllowanceFilter(KeyRing ring, KeyWindows windows, ProblemWriter problems, MeterRegistry meters) {
        this.ring = ring;
        this.windows = windows;
        this.problems = problems;
        this.meters = meters;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Caller caller = Caller.of(request);
        List<Allowance> allowances = ring.allowances(caller);
        if (allowances.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        HttpServletRequest admitted;
        try {
            admitted = admit(caller.key(), allowances, request, response);
        } catch (ProblemException e) {
            problems.write(response, e);
            return;
        } catch (DataAccessException e) {
            LOG.warn("answered 503, what key {} has left cannot be told: {}", caller.key(), e.toString());
            problems.write(response, ProblemException.databaseUnreachable());
            return;
        }
        chain.doFilter(admitted, response);
    }

    /** The request, which counts its own bytes where it does not say how many there are. */
    private HttpServletRequest admit(String key, List<Allowance> allowances, HttpServletRequest request,
            HttpServletResponse response) {
        HttpServletRequest admitted = request;
        List<ProblemException> refusals = new ArrayList<>();
        List<Taken> taken = new ArrayList<>();
        for (Allowance allowance : allowances) {
            KeyWindow window = windows.of(key, allowance);
            boolean countsBytes = allowance.unit() != null;
            long length = request.getContentLengthLong();
            long units = countsBytes ? Math.max(length, 0) : 1;
            long wanted = refusals.isEmpty() ? units : 0;
            KeyWindow.Answer answer = window.take(wanted);
            taken.add(new Taken(allowance, window, answer.isGranted() ? wanted : 0, answer));
            if (!answer.isGranted()) {
                refusals.add(refusal(allowance, units, answer));
            }
            if (countsBytes && length < 0) {
                admitted = new CountedBody(request, bytes -> count(window, allowance, bytes));
            }
        }
        var fields = new RateLimitFields();
        for (Taken one : taken) {
            // What is refused by one of them must not use up another.
            fields.add(one.allowance, refusals.isEmpty() ? one.answer : one.givenBack());
        }
        fields.write(response);
        if (!refusals.isEmpty()) {
            throw refusals.getFirst();
        }
        return admitted;
    }

    private void count(KeyWindow window, Allowance allowance, long bytes) {
        KeyWindow.Answer answer = window.take(bytes);
        if (!answer.isGranted()) {
            throw refusal(allowance, bytes, answer);
        }
    }

    private ProblemException refusal(Allowance allowance, long units, KeyWindow.Answer answer) {
        boolean isRate = allowance.unit() == null;
        meters.counter("millrace.api.refused", "kind", isRate ? "rate-limited" : "quota-exceeded").increment();
        if (units > allowance.units()) {
            return ProblemException.tooLarge("This key may send at most " + allowance.units() + " bytes in "
                    + allowance.window() + ", and this is more.");
        }
        Duration wait = RateLimitFields.wholeSeconds(answer.untilEnd());
        return isRate
                ? ProblemException.tooMany("rate-limited", "Too many requests for this API key",
                        "This key may send " + allowance.units() + " requests in " + allowance.window() + ".", wait)
                : ProblemException.tooMany("quota-exceeded", "Too many bytes for this API key",
                        "This key may send " + allowance.units() + " bytes of bodies in " + allowance.window() + ".",
                        wait);
    }

    /** What a request has had of one allowance. */
    private record Taken(Allowance allowance, KeyWindow window, long units, KeyWindow.Answer answer) {

        KeyWindow.Answer givenBack() {
            window.giveBack(units, answer);
            return answer.givenBack(units);
        }
    }
}
