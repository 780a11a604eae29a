package io.millrace.api.files;

import java.io.IOException;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

import io.millrace.api.http.Caller;
import io.millrace.api.http.PlainBody;
import io.millrace.api.http.ProblemException;
import io.millrace.core.files.Checksum;
import io.millrace.core.files.ChecksumMismatch;
import io.millrace.core.files.FileRefused;
import io.millrace.core.files.FileTooLarge;
import io.millrace.core.files.ResumableUpload;
import io.millrace.core.files.ResumableUploads;
import io.millrace.core.files.UploadBusy;
import io.millrace.core.files.UploadConflict;
import io.millrace.core.files.UploadExpired;

/** Streams a request's body into an upload; with the last byte the file and its job appear in one commit. */
@Component
final class ReceiveUpload {

    private final ResumableUploads uploads;
    private final EnqueueFileJob job;

    ReceiveUpload(ResumableUploads uploads, EnqueueFileJob job) {
        this.uploads = uploads;
        this.job = job;
    }

    /**
     * Takes the body.
     *
     * @return how far the upload has come
     * @throws IOException
     *             if the body breaks off or is not well-formed; what came before is kept, unless there is a checksum
     * @throws ProblemException
     *             whatever else is wrong
     */
    ResumableUpload into(ResumableUpload upload, long offset, HttpServletRequest request, Caller caller)
            throws IOException {
        PlainBody.require(request.getHeader(HttpHeaders.CONTENT_ENCODING));
        Checksum checksum = TusChecksum.parse(request.getHeader(Tus.CHECKSUM));
        UploadOrder order = UploadOrder.of(upload.process(), null);
        job.check(order, caller);
        if (offset == upload.received() && request.getContentLengthLong() > upload.length() - offset) {
            throw Tus.tooLong(upload.length());
        }
        try {
            var body = new RequestBody(request, Long.MAX_VALUE);
            return uploads.append(upload, offset, body, checksum, file -> job.enqueue(order, file, caller));
        } catch (FileRefused e) {
            throw FileProblems.of(e);
        } catch (UploadConflict e) {
            throw Tus.goesOnAt(e.received());
        } catch (UploadBusy _) {
            throw Tus.busy();
        } catch (ChecksumMismatch _) {
            throw Tus.checksumMismatch();
        } catch (FileTooLarge e) {
            throw Tus.tooLong(e.maxBytes());
        } catch (UploadExpired _) {
            throw ProblemException.gone("The upload has expired, or was deleted.");
        }
    }
}
