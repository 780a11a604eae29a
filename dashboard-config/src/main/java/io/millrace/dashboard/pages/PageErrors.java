package io.millrace.dashboard.pages;

import java.io.IOException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jobrunr.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

import io.millrace.dashboard.access.Refusal;
import io.millrace.dashboard.audit.Change;

/** What a page is instead where it cannot be made: one sentence, and the right status. */
@ControllerAdvice(basePackageClasses = {PageErrors.class, Change.class})
final class PageErrors {

    private static final Logger LOG = LoggerFactory.getLogger(PageErrors.class);
    private static final String AWAY = "The database cannot be reached, or does not answer in time. Workers go on by themselves as soon as"
            + " it is back; reload this page then.";
    private static final String PERHAPS = " What you asked for may or may not have been done: look before you ask again.";

    @ExceptionHandler
    void notThere(NoSuchThing e, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Refusal.send(request, response, HttpServletResponse.SC_NOT_FOUND, String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    void cannotBeMeant(BadInput e, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Refusal.send(request, response, HttpServletResponse.SC_BAD_REQUEST, e.getMessage() + ".");
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class, StorageException.class})
    void databaseAway(Exception e, HttpServletRequest request, HttpServletResponse response) throws IOException {
        LOG.warn("a page of the dashboard cannot be shown and says so with status 503: {}", e.getMessage());
        Refusal.send(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                request.getMethod().equals("POST") ? AWAY + PERHAPS : AWAY);
    }
}
