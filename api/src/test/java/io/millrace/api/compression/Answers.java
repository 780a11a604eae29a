package io.millrace.api.compression;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import io.millrace.api.http.Needs;
import io.millrace.api.http.Scope;

/** Answers of every kind, for the tests of how they are compressed. */
@RestController
@Needs(Scope.READ)
class Answers {

    static final String ETAG = "\"a-tag\"";
    /** One permit lets {@link #stream} write its next line. */
    static final Semaphore NEXT_LINE = new Semaphore(0);

    @GetMapping("/answers/text")
    ResponseEntity<byte[]> text(@RequestParam int size, @RequestParam String type,
            @RequestParam(defaultValue = "200") int status) {
        return ResponseEntity.status(status).contentType(MediaType.parseMediaType(type)).eTag(ETAG).body(content(size));
    }

    @GetMapping("/answers/as-it-is")
    ResponseEntity<byte[]> asItIs() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noCache().noTransform()).body(content(5000));
    }

    @GetMapping("/answers/encoded-already")
    ResponseEntity<byte[]> encodedAlready() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).header("Content-Encoding", "secret")
                .body(content(5000));
    }

    @GetMapping("/answers/written")
    void written(HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        var writer = response.getWriter();
        for (int i = 0; i < 1000; i++) {
            writer.print("zwölf ");
        }
    }

    @GetMapping("/answers/stream")
    void stream(HttpServletResponse response, @RequestParam String type) throws IOException, InterruptedException {
        response.setContentType(type);
        for (int i = 0; i < 3; i++) {
            NEXT_LINE.acquire();
            response.getOutputStream().write(("line " + i + '\n').getBytes(StandardCharsets.US_ASCII));
            response.getOutputStream().flush();
        }
    }

    @GetMapping("/answers/endless")
    StreamingResponseBody endless(HttpServletResponse response, @RequestParam boolean async) throws IOException {
        response.setContentType("application/x-ndjson");
        if (!async) {
            writeForEver(response.getOutputStream());
        }
        return Answers::writeForEver;
    }

    @GetMapping("/answers/async")
    ResponseEntity<StreamingResponseBody> async(@RequestParam int size) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(out -> out.write(content(size)));
    }

    @GetMapping("/answers/failing")
    void failing(HttpServletResponse response, @RequestParam int after, @RequestParam boolean flush)
            throws IOException {
        response.setContentType("application/json");
        response.setHeader("ETag", ETAG);
        response.getOutputStream().write(content(after));
        if (flush) {
            response.getOutputStream().flush();
        }
        throw new IllegalStateException("as the test wants it");
    }

    static byte[] content(int size) {
        return "{\"text\": \"abc\"} ".repeat(size / 16 + 1).substring(0, size).getBytes(StandardCharsets.US_ASCII);
    }

    private static void writeForEver(OutputStream out) throws IOException {
        var random = new java.util.Random(1);
        byte[] noise = new byte[4096];
        while (true) {
            random.nextBytes(noise);
            out.write(noise);
        }
    }
}
