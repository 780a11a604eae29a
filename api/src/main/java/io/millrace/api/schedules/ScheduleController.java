package io.millrace.api.schedules;

import java.net.URI;
import jakarta.validation.Valid;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
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
import io.millrace.core.paging.Cursor;
import io.millrace.core.paging.Listing;
import io.millrace.core.paging.Page;
import io.millrace.core.paging.Slice;
import io.millrace.jobs.JobSchedules;
import io.millrace.jobs.StoredSchedule;

@RestController
@RequestMapping(path = "/schedules", produces = MediaType.APPLICATION_JSON_VALUE)
final class ScheduleController {

    private static final Listing LISTING = Listing.of("schedules");

    private final JobSchedules schedules;
    private final ChangeSchedule change;
    private final Paging paging;

    ScheduleController(JobSchedules schedules, ChangeSchedule change, Paging paging) {
        this.schedules = schedules;
        this.change = change;
        this.paging = paging;
    }

    @Needs(Scope.READ)
    @GetMapping
    Page<ScheduleView> list(@RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        PageRequest request = paging.read(LISTING, limit, cursor);
        var after = request.after();
        var found = schedules.list(after.createdAt(), after.id(), request.limit() + 1);
        return paging.answer(request, Slice.of(found.stream().map(ScheduleView::of).toList(), request.limit()),
                schedule -> new Cursor(schedule.createdAt(), schedule.id()));
    }

    @Needs(Scope.READ)
    @GetMapping("/{id}")
    ScheduleView find(@PathVariable String id) {
        return schedules.find(id).map(ScheduleView::of).orElseThrow(ScheduleController::noSuchSchedule);
    }

    @Needs(Scope.OPERATE)
    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ScheduleView> put(@PathVariable String id, @Valid @RequestBody WantedSchedule wanted,
            Caller caller) {
        StoredSchedule stored = change.put(id, wanted, caller);
        return ResponseEntity.status(stored.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(ScheduleView.of(stored.schedule()));
    }

    @Needs(Scope.OPERATE)
    // Without content there is nothing to accept.
    @DeleteMapping(path = "/{id}", produces = MediaType.ALL_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id, Caller caller) {
        change.check(id, caller);
        if (!schedules.delete(id)) {
            throw noSuchSchedule();
        }
    }

    @Needs(Scope.OPERATE)
    @PostMapping("/{id}/pause")
    ScheduleView pause(@PathVariable String id, Caller caller) {
        change.check(id, caller);
        return schedules.pause(id).map(ScheduleView::of).orElseThrow(ScheduleController::noSuchSchedule);
    }

    @Needs(Scope.OPERATE)
    @PostMapping("/{id}/resume")
    ScheduleView resume(@PathVariable String id, Caller caller) {
        change.check(id, caller);
        return schedules.resume(id).map(ScheduleView::of).orElseThrow(ScheduleController::noSuchSchedule);
    }

    @Needs(Scope.OPERATE)
    @PostMapping("/{id}/run")
    ResponseEntity<QueuedRun> run(@PathVariable String id, Caller caller) {
        var queued = change.run(id, caller);
        return ResponseEntity.accepted().location(URI.create("/jobs/" + queued.jobId())).body(queued);
    }

    static ProblemException noSuchSchedule() {
        return ProblemException.notFound("No schedule has this id.");
    }
}
