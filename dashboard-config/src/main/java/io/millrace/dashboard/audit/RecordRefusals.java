package io.millrace.dashboard.audit;

import java.time.Clock;
import jakarta.servlet.http.HttpServletRequest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

import io.millrace.dashboard.access.OneLine;
import io.millrace.dashboard.access.RefusedChanges;
import io.millrace.dashboard.access.Role;
import io.millrace.dashboard.access.Who;
import io.millrace.jobs.OperatorActions;

/**
 * Writes into the audit log what people tried and may not do, a bounded number of it; all of theirs into the process's log. Of nobody who is
 * not signed in, and of nobody by basic authentication whose request is refused before the password is looked at.
 */
@Component
final class RecordRefusals implements RefusedChanges {

    private static final Logger LOG = LoggerFactory.getLogger(RecordRefusals.class);

    private final OperatorActions actions;
    private final RefusalsPerHour perHour;

    RecordRefusals(OperatorActions actions, Clock clock) {
        this.actions = actions;
        this.perHour = new RefusalsPerHour(clock);
    }

    @Override
    public void refused(HttpServletRequest request, String why) {
        var signedIn = SecurityContextHolder.getContext().getAuthentication();
        var known = signedIn instanceof AnonymousAuthenticationToken ? null : signedIn;
        String action = request.getMethod() + " " + request.getRequestURI();
        // Anybody could fill the log.
        LOG.atLevel(known == null ? Level.DEBUG : Level.WARN).log("{} of {} from {} is refused: {}", OneLine.of(action),
                known == null ? "somebody" : OneLine.of(Who.of(known)), OneLine.of(request.getRemoteAddr()), why);
        if (known != null && RefusedChanges.isChange(request)) {
            write(known, action, request.getRemoteAddr(), why);
        }
    }

    private void write(Authentication known, String action, String cameFrom, String why) {
        String who = Who.of(known);
        int which = perHour.next(who);
        if (which > RefusalsPerHour.MOST) {
            return;
        }
        String outcome = "refused: " + why
                + (which == RefusalsPerHour.MOST ? "; what follows within the hour is in the log alone" : "");
        try {
            actions.refused(who, Role.of(known).toString(), OneLine.of(action), cameFrom, outcome);
        } catch (DataAccessException e) {
            LOG.error("what was refused to {} is not in the audit log, which cannot be written", OneLine.of(who), e);
        }
    }
}
