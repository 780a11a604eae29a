package io.millrace.dashboard.pages;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import io.millrace.dashboard.audit.Change;
import io.millrace.jobs.InvalidPayload;
import io.millrace.jobs.JobSchedules;
import io.millrace.jobs.Schedule;
import io.millrace.jobs.UnknownJobType;

/** Recurring jobs, and the buttons that hold them up or run them at once. */
@Controller
final class SchedulesPage {

    private static final int ROWS = 50;

    private final JobSchedules schedules;
    private final Clock clock;

    SchedulesPage(JobSchedules schedules, Clock clock) {
        this.schedules = schedules;
        this.clock = clock;
    }

    @GetMapping("/schedules")
    String show(@RequestParam(required = false) @Nullable String after, Model model) {
        var place = place(after);
        var found = schedules.list(place.createdAt(), place.id(), ROWS + 1);
        var now = clock.instant();
        model.addAttribute("schedules",
                found.stream().limit(ROWS).map(schedule -> ScheduleRow.of(schedule, now)).toList());
        model.addAttribute("first", after == null);
        model.addAttribute("next", found.size() > ROWS ? Place.of(found.get(ROWS - 1)).text() : null);
        return "schedules";
    }

    @Change("pause-schedule")
    @PostMapping("/schedules/{id}/pause")
    String pause(@PathVariable String id, RedirectAttributes next) {
        News.done(next, "The schedule " + there(id, schedules.pause(id)).id() + " is paused.");
        return "redirect:/schedules";
    }

    @Change("resume-schedule")
    @PostMapping("/schedules/{id}/resume")
    String resume(@PathVariable String id, RedirectAttributes next) {
        News.done(next, "The schedule " + there(id, schedules.resume(id)).id()
                + " goes on with the first of its times from now on.");
        return "redirect:/schedules";
    }

    @Change("run-schedule")
    @PostMapping("/schedules/{id}/run")
    String run(@PathVariable String id, HttpServletRequest request, RedirectAttributes next) {
        try {
            var job = there(id, schedules.runNow(id));
            News.done(next, "The schedule " + id + " has this job in the queue.");
            return "redirect:/jobs/" + job;
        } catch (UnknownJobType e) {
            News.refused(request, next, "The schedule " + id
                    + " cannot run: no worker has said yet what its job type is. Start one that knows it.");
        } catch (InvalidPayload e) {
            News.refused(request, next,
                    "The schedule " + id + " cannot run: its payload does not fit its job type any more.");
        }
        return "redirect:/schedules";
    }

    private static <T> T there(String id, Optional<T> found) {
        return found.orElseThrow(() -> new NoSuchThing("There is no schedule " + id + ", or none any more.", null));
    }

    private static Place place(@Nullable String after) {
        if (after == null) {
            return new Place(Instant.MAX, "");
        }
        int between = after.indexOf('_');
        try {
            return new Place(Instant.parse(after.substring(0, Math.max(0, between))), after.substring(between + 1));
        } catch (DateTimeException e) {
            throw new BadInput("after", "is not a place among the schedules; begin at their first page");
        }
    }

    /** Where a page ends. */
    private record Place(Instant createdAt, String id) {

        static Place of(Schedule schedule) {
            return new Place(schedule.createdAt(), schedule.id());
        }

        String text() {
            return createdAt + "_" + id;
        }
    }
}
