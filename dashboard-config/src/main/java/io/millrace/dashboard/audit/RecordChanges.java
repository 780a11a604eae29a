package io.millrace.dashboard.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

import io.millrace.dashboard.access.OneLine;
import io.millrace.dashboard.access.Refusal;
import io.millrace.dashboard.access.Role;
import io.millrace.dashboard.access.Who;
import io.millrace.jobs.OperatorAction;
import io.millrace.jobs.OperatorActions;

/**
 * Writes every change into the audit log before it is made, and what came of it afterwards. What cannot be written down is
 * not done. Stands behind the checks of role and origin; {@link RecordRefusals} has what these refuse.
 */
final class RecordChanges implements HandlerInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(RecordChanges.class);
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final String BEGUN = RecordChanges.class.getName();

    private final OperatorActions actions;

    RecordChanges(OperatorActions actions) {
        this.actions = actions;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws Exception {
        if (READS.contains(request.getMethod()) || request.getDispatcherType() != DispatcherType.REQUEST) {
            return true;
        }
        var who = Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication(),
                "nobody gets here without being let in");
        var change = handler instanceof HandlerMethod method ? method.getMethodAnnotation(Change.class) : null;
        String action = change == null ? request.getMethod() + " " + pattern(request) : change.value();
        try {
            var begun = actions.begin(Who.of(who), Role.of(who).toString(), action,
                    target(request, change), request.getRemoteAddr());
            request.setAttribute(BEGUN, begun);
            return true;
        } catch (DataAccessException e) {
            LOG.error("{} is refused: it cannot be written to the audit log", action, e);
            Refusal.send(request, response, 503,
                    "Nothing was changed: the audit log cannot be written at the moment. Try again later.");
            return false;
        }
    }

    @Override
    public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
            @Nullable Exception failure) {
        if (!(request.getAttribute(BEGUN) instanceof OperatorAction begun)) {
            return;
        }
        request.removeAttribute(BEGUN);
        String outcome = outcome(request, response.getStatus(), failure);
        LOG.info("operator action {}: {} ({}) from {}: {} {}: {}", begun.id(), OneLine.of(begun.who()),
                begun.role(), OneLine.of(begun.cameFrom()), begun.action(), OneLine.of(begun.target()), outcome);
        try {
            actions.end(begun.id(), outcome);
        } catch (DataAccessException e) {
            LOG.error("operator action {} stays without its outcome in the audit log: {}", begun.id(), outcome, e);
        }
    }

    private static String outcome(HttpServletRequest request, int status, @Nullable Exception failure) {
        String outcome = failure != null || status >= 400
                ? "failed (" + (failure == null ? status : 500) + ")"
                : ChangeNote.saysNothingDone(request) ? "nothing done" : "done";
        String note = ChangeNote.of(request);
        return note == null ? outcome : outcome + ": " + note;
    }

    private static String target(HttpServletRequest request, @Nullable Change change) {
        Map<?, ?> variables = request
                .getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> found
                        ? found
                        : Map.of();
        if (change == null || change.target().length == 0) {
            return String.join(" ", variables.values().stream().map(String::valueOf).toList());
        }
        List<String> values = new ArrayList<>();
        for (String name : change.target()) {
            Object value = variables.get(name);
            if (value != null) {
                values.add(String.valueOf(value));
            } else if (request.getParameter(name) != null && !request.getParameter(name).isBlank()) {
                values.add(name + "=" + String.join(",", request.getParameterValues(name)));
            }
        }
        return String.join(" ", values);
    }

    private static String pattern(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    }
}
