package io.millrace.api.jobs;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.UUID;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.millrace.api.http.Needs;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.Scope;

@RestController
final class JobResultController {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final AwaitResult awaitResult;

    JobResultController(AwaitResult awaitResult) {
        this.awaitResult = awaitResult;
    }

    /** The result as the handler returned it; 202 while there is none. */
    @Needs(Scope.READ)
    @GetMapping(path = "/jobs/{id}/result", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> result(@PathVariable UUID id, @RequestParam(defaultValue = "PT0S") String wait)
            throws InterruptedException {
        return awaitResult.await(id, patience(wait)).map(result -> ResponseEntity.ok(result.json()))
                .orElseGet(() -> ResponseEntity.accepted().header(HttpHeaders.RETRY_AFTER, "1").build());
    }

    private static Duration patience(String wait) {
        try {
            Duration patience = Duration.parse(wait);
            if (!patience.isNegative() && patience.compareTo(LONGEST_WAIT) <= 0) {
                return patience;
            }
        } catch (DateTimeException e) {
            throw ProblemException.invalid("wait", "must be an ISO 8601 duration such as PT30S");
        }
        throw ProblemException.invalid("wait", "must be from PT0S to " + LONGEST_WAIT);
    }
}
