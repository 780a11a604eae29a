package io.millrace.api.keys;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import jakarta.validation.Valid;

import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.millrace.api.http.Caller;
import io.millrace.api.http.Needs;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.Scope;
import io.millrace.api.paging.PageRequest;
import io.millrace.api.paging.Paging;
import io.millrace.core.paging.Listing;
import io.millrace.core.paging.Page;

/** Keys by call. */
@RestController
@RequestMapping("/api-keys")
@Needs(Scope.OPERATE)
final class ApiKeyController {

    private static final Listing KEYS = Listing.of("api-keys");

    private final ApiKeyStore store;
    private final Paging paging;
    private final Clock clock;

    ApiKeyController(ApiKeyStore store, Paging paging, Clock clock) {
        this.store = store;
        this.paging = paging;
        this.clock = clock;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ShownKey> create(@Valid @RequestBody NewApiKey wanted, Caller caller) {
        ExpiryCheck.check(wanted.expiresAt(), clock);
        KeyText text = KeyText.random();
        ApiKey made = store.insert(text, wanted, caller.key());
        return ResponseEntity.created(URI.create("/api-keys/" + made.id())).cacheControl(CacheControl.noStore())
                .body(ShownKey.of(text, made));
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    Page<ApiKey> list(@RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageRequest request = paging.read(KEYS, limit, cursor);
        return paging.answer(request, store.list(request.after(), request.limit()), ApiKey::cursor);
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    ApiKey find(@PathVariable String id) {
        return store.find(id).orElseThrow(ApiKeyController::noSuchKey);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable String id) {
        if (!store.revoke(id)) {
            throw noSuchKey();
        }
    }

    /** A new text for the key; without a body the old one is valid for an hour more. */
    @PostMapping(path = "/{id}/rotate", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ShownKey> rotate(@PathVariable String id,
            @Valid @RequestBody(required = false) @Nullable Rotation rotation) {
        Duration overlap = rotation == null ? Rotation.USUAL : rotation.overlapOrUsual();
        KeyText text = KeyText.randomOf(id);
        ApiKey rotated = store.rotate(text, overlap).orElseThrow(ApiKeyController::noSuchKey);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(ShownKey.of(text, rotated));
    }

    private static ProblemException noSuchKey() {
        return ProblemException.notFound("No valid API key has this id.");
    }
}
