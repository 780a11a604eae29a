package io.millrace.api.files;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

import io.millrace.api.http.Caller;
import io.millrace.core.files.FileRefused;
import io.millrace.core.files.FileStore;
import io.millrace.core.files.FileTooLarge;
import io.millrace.core.files.NewFile;
import io.millrace.core.files.StoredFile;
import io.millrace.core.files.UploadExpired;
import io.millrace.jobs.JobQueue;

/** Streams an upload into the store; the file and its job appear in one commit, or neither does. */
@Component
final class ReceiveFile {

    private final FileStore files;
    private final JobQueue jobs;

    ReceiveFile(FileStore files, JobQueue jobs) {
        this.files = files;
        this.jobs = jobs;
    }

    /**
     * Takes the file in the request.
     *
     * @throws IOException
     *             if the body breaks off or is not well-formed; nothing of it is kept
     */
    ReceivedFile from(HttpServletRequest request, FileProcess process, @Nullable Duration expiresIn)
            throws IOException {
        IncomingFile incoming = IncomingFile.in(request, files.maxBytes());
        String contentType = incoming.contentType() == null ? null : incoming.contentType().toString();
        try {
            var file = new NewFile(incoming.name(), contentType, Caller.of(request).key(), incoming.announced(),
                    expiresIn);
            return files.store(file, incoming.content(), stored -> received(stored, process));
        } catch (FileRefused e) {
            throw FileProblems.of(e);
        } catch (FileTooLarge e) {
            throw RequestBody.tooLarge(e.maxBytes());
        } catch (UploadExpired e) {
            throw new ErrorResponseException(HttpStatus.REQUEST_TIMEOUT, e);
        }
    }

    private ReceivedFile received(StoredFile file, FileProcess process) {
        UUID jobId = process.enqueue(jobs, file.id());
        return new ReceivedFile(file, jobId);
    }
}
