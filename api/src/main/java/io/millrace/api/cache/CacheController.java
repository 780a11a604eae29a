package io.millrace.api.cache;

import java.time.Duration;
import java.util.OptionalLong;
import jakarta.validation.constraints.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.millrace.api.http.Needs;
import io.millrace.api.http.OneLine;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.Scope;
import io.millrace.core.cache.CacheInvalidation;

/** For operators who know that something is stale, or want to see what happens when it is gone. */
@RestController
final class CacheController {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final CacheInvalidation invalidation;

    CacheController(CacheInvalidation invalidation) {
        this.invalidation = invalidation;
    }

    @Needs(Scope.OPERATE)
    @DeleteMapping(path = "/cache", produces = MediaType.APPLICATION_JSON_VALUE)
    Dropped drop(@RequestParam(required = false) @OneLine(max = 200) @Nullable String tag,
            @RequestParam(required = false) @OneLine(max = 200) @Pattern(regexp = "[^*]*(\\*[^*]*){0,3}", message = "may have three stars at most") @Nullable String pattern) {
        if (tag != null && pattern == null) {
            return dropped(invalidation.dropTag(tag));
        }
        if (pattern != null && tag == null) {
            return dropped(invalidation.dropPattern(pattern));
        }
        throw ProblemException.invalid("tag", "name either a tag, such as user:{id}, or a pattern, such as products:*");
    }

    private static Dropped dropped(OptionalLong count) {
        return new Dropped(count.orElseThrow(() -> ProblemException
                .unavailable("Redis cannot be reached; the entries are dropped as soon as it is back.", TRY_AGAIN)));
    }

    /** How many entries are gone on all nodes. */
    record Dropped(long dropped) {
    }
}
