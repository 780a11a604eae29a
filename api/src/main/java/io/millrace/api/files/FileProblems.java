package io.millrace.api.files;

import java.util.List;

import org.springframework.http.HttpStatus;

import io.millrace.api.http.FieldError;
import io.millrace.api.http.ProblemException;
import io.millrace.core.files.FileRefused;
import io.millrace.core.files.InfectedFile;
import io.millrace.core.files.QuotaExceeded;
import io.millrace.core.files.UnscannableFile;

/** How callers are told why a file is not taken. */
final class FileProblems {

    private FileProblems() {
    }

    static ProblemException of(FileRefused refusal) {
        return switch (refusal) {
            case QuotaExceeded quota -> overQuota(quota);
            case InfectedFile infected -> ProblemException.of(HttpStatus.UNPROCESSABLE_CONTENT, "infected-file",
                    "The file is infected", about("the virus scanner found " + infected.signature()));
            case UnscannableFile _ -> ProblemException.of(HttpStatus.CONTENT_TOO_LARGE, "too-large-to-scan",
                    "The file is too large to be scanned", about("the file is larger than the virus scanner takes"));
        };
    }

    private static ProblemException overQuota(QuotaExceeded quota) {
        var problem = ProblemException.of(HttpStatus.CONTENT_TOO_LARGE, "storage-quota-exceeded",
                "The files of this API key take too much", about("the files of this API key take " + quota.used()
                        + " of " + quota.limit() + " bytes, and this one does not fit; delete some"));
        problem.getBody().setProperty("used", quota.used());
        problem.getBody().setProperty("limit", quota.limit());
        return problem;
    }

    private static List<FieldError> about(String message) {
        return List.of(new FieldError("", message));
    }
}
