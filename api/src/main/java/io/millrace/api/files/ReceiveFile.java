package io.millrace.api.files;

import java.io.IOException;
import java.time.Duration;
import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

import io.millrace.api.http.Caller;
import io.millrace.api.http.ProblemException;
import io.millrace.core.files.FileRefused;
import io.millrace.core.files.FileStore;
import io.millrace.core.files.FileTooLarge;
import io.millrace.core.files.NewFile;
import io.millrace.core.files.UploadExpired;

/** Streams an upload into the store; the file and its job appear in one commit, or neither does. */
@Component
final class ReceiveFile {

    private final FileStore files;
    private final EnqueueFileJob job;

    ReceiveFile(FileStore files, EnqueueFileJob job) {
        this.files = files;
        this.job = job;
    }

    /**
     * Takes the file in the request.
     *
     * @throws ProblemException
     *             403 if the caller may not enqueue its job
     * @throws IOException
     *             if the body breaks off or is not well-formed; nothing of it is kept
     */
    ReceivedFile from(HttpServletRequest request, UploadOrder order, @Nullable Duration expiresIn, Caller caller)
            throws IOException {
        job.check(order, caller);
        IncomingFile incoming = IncomingFile.in(request, files.maxBytes());
        String contentType = incoming.contentType() == null ? null : incoming.contentType().toString();
        try {
            var file = new NewFile(incoming.name(), contentType, caller.key(), incoming.announced(), expiresIn);
            return files.store(file, incoming.content(),
                    stored -> new ReceivedFile(stored, job.enqueue(order, stored, caller)));
        } catch (FileRefused e) {
            throw FileProblems.of(e);
        } catch (FileTooLarge e) {
            throw RequestBody.tooLarge(e.maxBytes());
        } catch (UploadExpired e) {
            throw new ErrorResponseException(HttpStatus.REQUEST_TIMEOUT, e);
        }
    }
}
