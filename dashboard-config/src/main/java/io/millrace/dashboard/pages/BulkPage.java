package io.millrace.dashboard.pages;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import io.millrace.dashboard.audit.Change;
import io.millrace.dashboard.audit.ChangeNote;
import io.millrace.jobs.FailedJobs;
import io.millrace.jobs.JobListing;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStatus;

/**
 * Something for many jobs at once: first a page says what it would hit, then a button on it does so. The button sends the filter of
 * that page, so that what is done is what was shown, whatever has been typed, and whatever jobs have come, since.
 */
@Controller
final class BulkPage {

    private static final int SOME = 10;
    private static final int LOOKED_AT = 200;
    private static final Duration LONGEST_COUNT = Duration.ofSeconds(5);

    private final JobQueue queue;
    private final JobListing listing;
    private final KnownNames names;
    private final Clock clock;
    private final TimedCount counting;

    BulkPage(JobQueue queue, JobListing listing, KnownNames names, Clock clock, DataSource dataSource) {
        this.counting = new TimedCount(dataSource, LONGEST_COUNT);
        this.queue = queue;
        this.listing = listing;
        this.names = names;
        this.clock = clock;
    }

    @GetMapping("/search/{action}")
    ModelAndView preview(@PathVariable("action") String code, @RequestParam Map<String, String> parameters,
            Model model) {
        var action = BulkAction.of(code);
        var input = SearchInput.of(parameters);
        model.addAttribute("action", action);
        model.addAttribute("input", input);
        model.addAttribute("names", names.names());
        var page = new ModelAndView("bulk");
        try {
            var shown = input.until(clock.instant());
            var counted = counting.of(() -> action.preview(shown, queue));
            model.addAttribute("preview", counted.map(bulk -> preview(action, shown, bulk)).orElse(null));
            model.addAttribute("tooMany", counted.isEmpty());
        } catch (BadInput e) {
            model.addAttribute("bad", e);
            model.addAttribute("preview", null);
            page.setStatus(HttpStatus.BAD_REQUEST);
        }
        return page;
    }

    private Preview preview(BulkAction action, SearchInput shown, BulkAction.Bulk bulk) {
        return new Preview(bulk.jobs(), HumanText.count(bulk.jobs(), "job", "jobs"), bulk.jobs() >= BulkAction.MOST,
                types(bulk.byType()), bulk.jobs() == 0 ? List.of() : some(action, shown), confirmed(action, shown),
                When.at(Objects.requireNonNull(shown.end(), "it was given one"), clock.instant()).text());
    }

    @Change(value = "change-many-jobs", target = {"action", "type", "queue", "state", "label", "key", "error",
            "exception", "from",
            "before"})
    @PostMapping("/search/{action}")
    String perform(@PathVariable("action") String code, @RequestParam Map<String, String> parameters,
            HttpServletRequest request, RedirectAttributes next) {
        var action = BulkAction.of(code);
        var input = SearchInput.of(parameters);
        var bulk = action.perform(input, queue);
        var jobs = HumanText.count(bulk.jobs(), "job was ", "jobs were ") + action.done();
        ChangeNote.write(request, jobs);
        var previewed = parameters.getOrDefault("previewed", "");
        News.done(next, jobs + (previewed.isEmpty() || previewed.equals(String.valueOf(bulk.jobs()))
                ? "."
                : "; the preview had said " + previewed + ", and some have changed since."));
        input.given().forEach(next::addAttribute);
        return "redirect:/search/" + action.code();
    }

    private static Map<String, String> types(Map<String, Integer> byType) {
        var types = new LinkedHashMap<String, String>();
        new TreeMap<>(byType).forEach((type, jobs) -> types.put(type, HumanText.number(jobs)));
        return types;
    }

    private List<JobRow> some(BulkAction action, SearchInput input) {
        var now = clock.instant();
        var found = new ArrayList<JobStatus>();
        for (var filter : action.around(input)) {
            if (found.size() < SOME) {
                listing.page(filter, null, LOOKED_AT).jobs().stream()
                        .filter(job -> !action.ofFailed() || isAmong(input.failed(), job)).limit(SOME - found.size())
                        .forEach(found::add);
            }
        }
        return found.stream().sorted(Comparator.comparing(JobStatus::createdAt).reversed())
                .map(job -> JobRow.of(job, now)).toList();
    }

    /** What a listing cannot ask for. */
    private static boolean isAmong(FailedJobs which, JobStatus job) {
        Instant failed = job.finishedAt();
        var error = job.error();
        var exception = which.exception();
        return (which.from() == null || (failed != null && !failed.isBefore(which.from())))
                && (which.before() == null || (failed != null && failed.isBefore(which.before())))
                && (exception == null || (error != null && error.type().equals(simple(exception))));
    }

    private static String simple(String exception) {
        return exception.substring(exception.lastIndexOf('.') + 1);
    }

    /** What the button sends. */
    private static Map<String, String> confirmed(BulkAction action, SearchInput input) {
        var fields = new LinkedHashMap<>(input.given());
        fields.keySet().removeAll(action.ofFailed() ? Set.of("id", "state", "key") : Set.of("id", "exception"));
        return fields;
    }

    /**
     * What it would hit.
     *
     * @param isMost
     *            whether there may be more, which a second time is for
     * @param some
     *            of them, newest first
     * @param fields
     *            of the form that confirms it
     * @param before
     *            the end of the time that it is of, in UTC
     */
    record Preview(int number, String jobs, boolean isMost, Map<String, String> types, List<JobRow> some,
            Map<String, String> fields, String before) {
    }
}
