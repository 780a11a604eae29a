package io.millrace.api.files;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.ServletWebRequest;

import io.millrace.api.http.Caller;
import io.millrace.api.http.Needs;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.Scope;
import io.millrace.core.files.FileStore;
import io.millrace.core.files.StoredFile;

/** Files in and out. */
@RestController
@RequestMapping("/files")
final class FileController {

    private static final Logger LOG = LoggerFactory.getLogger(FileController.class);

    private final ReceiveFile receive;
    private final FileStore files;

    FileController(ReceiveFile receive, FileStore files) {
        this.receive = receive;
        this.files = files;
    }

    /**
     * Takes a file: the body with {@code Content-Disposition: attachment; filename=…}, or {@code multipart/form-data} with
     * one part, {@code file}. With {@code process=profile-file} or {@code process=import-users} a job is queued in the commit
     * that makes the file appear; {@code process=none}, which an absent parameter means too, only keeps it. With
     * {@code expiresIn=P7D} it is gone after that time.
     */
    @Needs(Scope.ENQUEUE)
    @PostMapping
    @Nullable
    ResponseEntity<ReceivedFile> receive(@RequestParam(required = false) @Nullable String process,
            @RequestParam(required = false) @Nullable String sendWelcome,
            @RequestParam(required = false) @Nullable String expiresIn, Caller caller, HttpServletRequest request,
            HttpServletResponse response) {
        try {
            return answer(receive.from(request, UploadOrder.of(process, sendWelcome), FileLifetime.of(expiresIn),
                    caller));
        } catch (IOException e) {
            LOG.info("An upload broke off, nothing of it is kept: {}", e.toString());
            if (response.isCommitted()) {
                // Tomcat has told, or found nobody to tell any more.
                return null;
            }
            throw ProblemException.invalid("", "the body ended before it was complete, or is not well-formed");
        }
    }

    private static ResponseEntity<ReceivedFile> answer(ReceivedFile received) {
        if (received.jobId() == null) {
            return ResponseEntity.created(URI.create("/files/" + received.file().id())).body(received);
        }
        return ResponseEntity.accepted().location(URI.create("/jobs/" + received.jobId())).body(received);
    }

    @Needs(Scope.READ)
    @GetMapping("/{id}")
    StoredFile file(@PathVariable UUID id) {
        return files.find(id).orElseThrow(FileController::notFound);
    }

    /** The content as it came, always as an attachment: it is the client's, so no browser should show or run it. */
    @Needs(Scope.READ)
    @GetMapping("/{id}/content")
    ResponseEntity<Resource> content(@PathVariable UUID id, HttpServletRequest request) {
        StoredFile file = file(id);
        ConditionalRange.compare(request, tag(file));
        var content = new StoredContent(files, file);
        // Who has it all is told so, whatever part is asked for.
        if (!new ServletWebRequest(request).checkNotModified(tag(file))) {
            ConditionalRange.checkSatisfiable(request, content, file.size());
        }
        return ResponseEntity.ok().headers(headers(file)).body(content);
    }

    /** By itself: as the head of a GET, the whole content would be read and dropped. */
    @Needs(Scope.READ)
    @RequestMapping(path = "/{id}/content", method = RequestMethod.HEAD)
    ResponseEntity<Void> contentHead(@PathVariable UUID id) {
        StoredFile file = file(id);
        return ResponseEntity.ok().headers(headers(file)).contentLength(file.size()).build();
    }

    @Needs(Scope.ENQUEUE)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        if (!files.delete(id)) {
            throw notFound();
        }
    }

    private static String tag(StoredFile file) {
        return '"' + file.sha256() + '"';
    }

    private static HttpHeaders headers(StoredFile file) {
        var headers = new HttpHeaders();
        headers.setContentType(type(file));
        headers.setContentDisposition(
                ContentDisposition.attachment().filename(file.name(), StandardCharsets.UTF_8).build());
        headers.setETag(tag(file));
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", "sandbox");
        return headers;
    }

    /** What the content is; with the parameters that the client declared, where it is that. */
    private static MediaType type(StoredFile file) {
        MediaType declared = file.contentType() == null
                ? MediaType.APPLICATION_OCTET_STREAM
                : MediaType.parseMediaType(file.contentType());
        if (file.detectedType() == null) {
            return declared;
        }
        MediaType detected = MediaType.parseMediaType(file.detectedType());
        return declared.equalsTypeAndSubtype(detected) ? declared : detected;
    }

    private static ProblemException notFound() {
        return ProblemException.notFound("There is no file with this id.");
    }
}
