package io.millrace.api.files;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.millrace.api.http.Caller;
import io.millrace.api.http.Needs;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.Scope;
import io.millrace.core.files.FileRefused;
import io.millrace.core.files.FileStore;
import io.millrace.core.files.FileTooLarge;
import io.millrace.core.files.NewFile;
import io.millrace.core.files.NewUpload;
import io.millrace.core.files.ResumableUpload;
import io.millrace.core.files.ResumableUploads;
import io.millrace.core.files.UploadExpired;

/**
 * Files that come in as many requests as it takes: the tus protocol 1.0 with creation, checksum, termination and expiration.
 * An upload is its creator's alone, and has the id that the file will have.
 */
@RestController
@Needs(Scope.ENQUEUE)
@RequestMapping(Tus.PATH)
final class TusController {

    private static final Logger LOG = LoggerFactory.getLogger(TusController.class);

    private final ResumableUploads uploads;
    private final ReceiveUpload receive;
    private final FileStore files;
    private final EnqueueFileJob job;

    TusController(ResumableUploads uploads, ReceiveUpload receive, FileStore files, EnqueueFileJob job) {
        this.uploads = uploads;
        this.receive = receive;
        this.files = files;
        this.job = job;
    }

    /** What is spoken here; in whatever version it is asked. */
    @RequestMapping(path = {"", "/{id}"}, method = RequestMethod.OPTIONS)
    ResponseEntity<Void> options() {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.ALLOW, "OPTIONS, POST, HEAD, PATCH, DELETE");
        headers.set(Tus.VERSIONS, Tus.VERSION);
        headers.set("Tus-Extension", Tus.EXTENSIONS);
        headers.set("Tus-Max-Size", Long.toString(files.maxBytes()));
        headers.set("Tus-Checksum-Algorithm", TusChecksum.ALGORITHMS);
        return ResponseEntity.noContent().headers(headers).build();
    }

    /** Makes room for a file. A body of {@code application/offset+octet-stream} is the first part of it, or all. */
    @PostMapping
    @Nullable
    ResponseEntity<Void> create(@RequestParam(required = false) @Nullable String process,
            @RequestParam(required = false) @Nullable String expiresIn, Caller caller, HttpServletRequest request,
            HttpServletResponse response) {
        Tus.requireVersion(request);
        job.check(UploadOrder.of(process, null), caller);
        boolean hasFirstPart = hasFirstPart(request);
        ResumableUpload upload = begin(request, process == null ? "none" : process,
                FileLifetime.of(expiresIn), caller);
        if (!hasFirstPart && upload.length() > 0) {
            return created(upload);
        }
        try {
            return created(receive.into(upload, 0, request, caller));
        } catch (IOException e) {
            uploads.delete(upload.id(), caller.key());
            return brokenOff(upload.id(), e, response);
        } catch (RuntimeException e) {
            // Nobody knows its address.
            uploads.delete(upload.id(), caller.key());
            throw e;
        }
    }

    @RequestMapping(path = "/{id}", method = RequestMethod.HEAD)
    ResponseEntity<Void> head(@PathVariable UUID id, Caller caller, HttpServletRequest request) {
        Tus.requireVersion(request);
        ResumableUpload upload = find(id, caller);
        HttpHeaders headers = headers(upload);
        headers.set(Tus.LENGTH, Long.toString(upload.length()));
        if (!upload.metadata().isEmpty()) {
            headers.set(Tus.METADATA, upload.metadata());
        }
        return ResponseEntity.ok().headers(headers).build();
    }

    /** Adds the body to it. */
    @PatchMapping(path = "/{id}", consumes = Tus.BYTES)
    @Nullable
    ResponseEntity<Void> append(@PathVariable UUID id, Caller caller, HttpServletRequest request,
            HttpServletResponse response) {
        Tus.requireVersion(request);
        long offset = Tus.bytes(request, Tus.OFFSET);
        ResumableUpload upload = find(id, caller);
        try {
            return ResponseEntity.noContent().headers(headers(receive.into(upload, offset, request, caller))).build();
        } catch (IOException e) {
            return brokenOff(id, e, response);
        }
    }

    /** Deletes it, and the file if all of it has come. */
    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(@PathVariable UUID id, Caller caller, HttpServletRequest request) {
        Tus.requireVersion(request);
        if (!uploads.delete(find(id, caller).id(), caller.key())) {
            throw notFound();
        }
        return ResponseEntity.noContent().build();
    }

    private static boolean hasFirstPart(HttpServletRequest request) {
        String type = request.getContentType();
        boolean isPart = type != null && type.strip().equalsIgnoreCase(Tus.BYTES);
        if (!isPart
                && (request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null)) {
            throw ProblemException.unsupportedMediaType("The first part of a file is sent as " + Tus.BYTES
                    + "; or create the upload without a body.");
        }
        return isPart;
    }

    private ResumableUpload begin(HttpServletRequest request, String process, @Nullable Duration expiresIn,
            Caller caller) {
        if (request.getHeader("Upload-Defer-Length") != null) {
            throw ProblemException.invalid("Upload-Defer-Length", "is not supported: send Upload-Length");
        }
        long length = Tus.bytes(request, Tus.LENGTH);
        TusMetadata metadata = TusMetadata.parse(request.getHeader(Tus.METADATA));
        MediaType type = metadata.contentType();
        try {
            var file = new NewFile(metadata.name(), type == null ? null : type.toString(), caller.key(), length,
                    expiresIn);
            return uploads.begin(new NewUpload(caller.key(), file, metadata.text(), process));
        } catch (FileRefused e) {
            throw FileProblems.of(e);
        } catch (FileTooLarge e) {
            throw RequestBody.tooLarge(e.maxBytes());
        }
    }

    private ResumableUpload find(UUID id, Caller caller) {
        try {
            return uploads.find(id, caller.key()).orElseThrow(TusController::notFound);
        } catch (UploadExpired _) {
            throw ProblemException.gone("The upload has expired.");
        }
    }

    private static ResponseEntity<Void> created(ResumableUpload upload) {
        return ResponseEntity.created(URI.create(Tus.PATH + "/" + upload.id())).headers(headers(upload)).build();
    }

    private static HttpHeaders headers(ResumableUpload upload) {
        var headers = new HttpHeaders();
        headers.setCacheControl("no-store");
        headers.set(Tus.OFFSET, Long.toString(upload.received()));
        if (upload.isComplete()) {
            headers.set(Tus.FILE, "/files/" + upload.id());
            if (upload.jobId() != null) {
                headers.set(Tus.JOB, "/jobs/" + upload.jobId());
            }
        } else {
            headers.setInstant(Tus.EXPIRES, upload.expiresAt());
        }
        return headers;
    }

    private static @Nullable ResponseEntity<Void> brokenOff(UUID id, IOException e, HttpServletResponse response) {
        LOG.info("A part of upload {} broke off; the upload can go on: {}", id, e.toString());
        if (response.isCommitted()) {
            // Tomcat has told, or found nobody to tell any more.
            return null;
        }
        throw ProblemException.invalid("", "the body ended before it was complete, or is not well-formed");
    }

    private static ProblemException notFound() {
        return ProblemException.notFound("There is no upload with this id.");
    }
}
