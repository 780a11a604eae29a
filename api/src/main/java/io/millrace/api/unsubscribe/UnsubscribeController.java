package io.millrace.api.unsubscribe;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import jakarta.servlet.http.HttpServletRequest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.millrace.api.http.Needs;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.Scope;
import io.millrace.core.mail.SuppressionReason;
import io.millrace.core.mail.Suppressions;
import io.millrace.core.mail.UnsubscribeLinks;
import io.millrace.core.mail.Unsubscription;

/**
 * Takes whoever has the link from a mail off its list. To look changes nothing, because mail servers follow links to look for
 * malice; only a POST does, by the page's button or by a mail program. Its body is not read: programs send a form of either
 * kind, and say nothing in it that the link does not.
 */
@RestController
@Needs(Scope.READ) // which whoever comes without a key has
final class UnsubscribeController {

    private static final Logger LOG = LoggerFactory.getLogger(UnsubscribeController.class);

    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
            + " form-action 'self'; frame-ancestors 'none'";
    /** The first is for everybody else. */
    private static final List<String> LANGUAGES = List.of("en", "ru");

    private final UnsubscribeLinks links;
    private final Suppressions suppressions;

    UnsubscribeController(UnsubscribeLinks links, Suppressions suppressions) {
        this.links = links;
        this.suppressions = suppressions;
    }

    @GetMapping("/unsubscribe/{token}")
    ResponseEntity<byte[]> ask(@PathVariable String token, HttpServletRequest request) {
        read(token);
        return page("ask", request);
    }

    @PostMapping("/unsubscribe/{token}")
    ResponseEntity<byte[]> unsubscribe(@PathVariable String token, HttpServletRequest request) {
        Unsubscription wanted = read(token);
        var kept = suppressions.add(wanted.address(), SuppressionReason.UNSUBSCRIBED, wanted.category());
        LOG.info("suppression {}: no more {} goes to who unsubscribed", kept.id(), wanted.category());
        return page("done", request);
    }

    private Unsubscription read(String token) {
        return links.read(token).orElseThrow(() -> ProblemException
                .notFound("This is no link to unsubscribe by; open the whole link as it stands in the mail."));
    }

    private static ResponseEntity<byte[]> page(String name, HttpServletRequest request) {
        return ResponseEntity.ok().contentType(HTML).cacheControl(CacheControl.noStore())
                .varyBy(HttpHeaders.ACCEPT_LANGUAGE).header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff").header("Referrer-Policy", "no-referrer")
                .header("X-Robots-Tag", "noindex").body(UnsubscribePage.of(name, language(request)));
    }

    private static String language(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null
                ? LANGUAGES.getFirst()
                : Collections.list(request.getLocales()).stream().map(Locale::getLanguage).filter(LANGUAGES::contains)
                        .findFirst().orElse(LANGUAGES.getFirst());
    }
}
