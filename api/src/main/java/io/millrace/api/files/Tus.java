package io.millrace.api.files;

import java.time.Duration;
import java.util.List;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

import io.millrace.api.http.FieldError;
import io.millrace.api.http.ProblemException;

/** The names of the tus protocol 1.0 (https://tus.io/protocols/resumable-upload), and what it refuses. */
final class Tus {

    static final String PATH = "/files/tus";
    static final String VERSION = "1.0.0";
    static final String EXTENSIONS = "creation,creation-with-upload,checksum,termination,expiration";
    static final String BYTES = "application/offset+octet-stream";

    static final String RESUMABLE = "Tus-Resumable";
    static final String VERSIONS = "Tus-Version";
    static final String LENGTH = "Upload-Length";
    static final String OFFSET = "Upload-Offset";
    static final String METADATA = "Upload-Metadata";
    static final String CHECKSUM = "Upload-Checksum";
    static final String EXPIRES = "Upload-Expires";
    static final String FILE = "Millrace-File";
    static final String JOB = "Millrace-Job";

    /** Enough for a piece to be written. */
    private static final Duration BUSY_FOR = Duration.ofSeconds(1);

    private Tus() {
    }

    /**
     * Lets pass what is said in this version.
     *
     * @throws ProblemException
     *             412 with the versions there are
     */
    static void requireVersion(HttpServletRequest request) {
        if (!VERSION.equals(request.getHeader(RESUMABLE))) {
            var problem = ProblemException.of(HttpStatus.PRECONDITION_FAILED, "tus-version",
                    "The version of tus is not spoken here", List.of(new FieldError(RESUMABLE, "must be " + VERSION)));
            problem.getHeaders().set(VERSIONS, VERSION);
            throw problem;
        }
    }

    /**
     * The number of bytes in a header.
     *
     * @throws ProblemException
     *             400 if it is missing or none
     */
    static long bytes(HttpServletRequest request, String header) {
        String text = request.getHeader(header);
        if (text == null || !text.matches("\\d{1,18}")) {
            throw ProblemException.invalid(header, "must be a number of bytes, from 0");
        }
        return Long.parseLong(text);
    }

    static ProblemException goesOnAt(long offset) {
        return ProblemException.conflict("upload-offset", "The upload goes on elsewhere",
                "It goes on at " + offset + "; nothing of the body was taken.",
                List.of(new FieldError(OFFSET, "must be " + offset + ", or as a new HEAD request says")));
    }

    static ProblemException busy() {
        return ProblemException.of(HttpStatus.LOCKED, "upload-busy", "Another request is at work on the upload",
                List.of(new FieldError("", "another request is writing to this upload, or has taken it over;"
                        + " ask by HEAD where it goes on")))
                .after(BUSY_FOR);
    }

    static ProblemException checksumMismatch() {
        return ProblemException.of(HttpStatusCode.valueOf(460), "checksum-mismatch",
                "The body does not have its checksum",
                List.of(new FieldError(CHECKSUM, "is not that of the body, of which nothing is kept; send it again")));
    }

    static ProblemException tooLong(long length) {
        return ProblemException.tooLarge("The upload was announced to have " + length + " bytes, and this is more.");
    }
}
