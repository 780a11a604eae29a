package io.millrace.api.docs;

import java.time.Duration;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.millrace.api.http.Needs;
import io.millrace.api.http.Scope;

/**
 * The OpenAPI document and its page, which need no key; the calls that the page makes do. Everything comes from this
 * server, and the page's policy lets nothing else in.
 */
@RestController
@Needs(Scope.READ) // which whoever comes without a key has
final class DocsController {

    /** Known by their tags, so that a browser asks and is answered with 304. */
    private static final CacheControl ASK_EACH_TIME = CacheControl.noCache();

    private static final CacheControl FOR_A_DAY = CacheControl.maxAge(Duration.ofDays(1)).cachePublic();

    /** Swagger UI draws its icons from data: addresses, and sets styles of elements by attributes. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final MediaType JAVASCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");
    private static final MediaType CSS = MediaType.parseMediaType("text/css;charset=UTF-8");
    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

    private final DocsFile document = DocsFile.ours("openapi.json");
    private final DocsFile page = DocsFile.ours("index.html");
    private final DocsFile start = DocsFile.ours("start.js");
    private final DocsFile script = DocsFile.swaggerUi("swagger-ui-bundle.js");
    private final DocsFile style = DocsFile.swaggerUi("swagger-ui.css");

    @GetMapping("/openapi.json")
    ResponseEntity<byte[]> document() {
        return answer(document, MediaType.APPLICATION_JSON, ASK_EACH_TIME);
    }

    @GetMapping("/docs")
    ResponseEntity<byte[]> page() {
        return answer(page, HTML, ASK_EACH_TIME);
    }

    @GetMapping("/docs/start.js")
    ResponseEntity<byte[]> start() {
        return answer(start, JAVASCRIPT, ASK_EACH_TIME);
    }

    @GetMapping("/docs/swagger-ui-bundle.js")
    ResponseEntity<byte[]> script() {
        return answer(script, JAVASCRIPT, FOR_A_DAY);
    }

    @GetMapping("/docs/swagger-ui.css")
    ResponseEntity<byte[]> style() {
        return answer(style, CSS, FOR_A_DAY);
    }

    private static ResponseEntity<byte[]> answer(DocsFile file, MediaType type, CacheControl caching) {
        return ResponseEntity.ok().contentType(type).cacheControl(caching).eTag(file.tag())
                .header("Content-Security-Policy", POLICY).header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer").body(file.content());
    }
}
