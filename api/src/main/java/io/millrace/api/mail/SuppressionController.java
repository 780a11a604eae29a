package io.millrace.api.mail;

import java.util.UUID;
import jakarta.validation.Valid;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.millrace.api.http.Needs;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.Scope;
import io.millrace.api.paging.PageRequest;
import io.millrace.api.paging.Paging;
import io.millrace.core.mail.EmailAddress;
import io.millrace.core.mail.Suppression;
import io.millrace.core.mail.Suppressions;
import io.millrace.core.paging.Listing;
import io.millrace.core.paging.Page;

/** To whom no mail goes, as operators see and change it. */
@RestController
@RequestMapping("/mail/suppressions")
@Needs(Scope.OPERATE)
final class SuppressionController {

    private final Suppressions suppressions;
    private final Paging paging;

    SuppressionController(Suppressions suppressions, Paging paging) {
        this.suppressions = suppressions;
        this.paging = paging;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    Page<Suppression> list(@RequestParam(required = false) @EmailAddress @Nullable String address,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageRequest request = paging.read(new Listing("suppressions", address == null ? "" : address), limit, cursor);
        var slice = address == null
                ? suppressions.list(request.after(), request.limit())
                : suppressions.listAddress(address, request.after(), request.limit());
        return paging.answer(request, slice, Suppression::cursor);
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    Suppression put(@Valid @RequestBody WantedSuppression wanted) {
        return suppressions.add(wanted.address(), wanted.reasonOrUsual(), wanted.category());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        if (!suppressions.remove(id)) {
            throw ProblemException.notFound("No suppression has this id.");
        }
    }
}
