package io.millrace.dashboard.pages;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriComponentsBuilder;

import io.millrace.jobs.JobListing;
import io.millrace.jobs.JobPage;
import io.millrace.jobs.JobStatus;

/** Finds jobs, newest first. Where a page begins stands in its address, so that each can be passed on and gone back to. */
@Controller
final class SearchPage {

    private static final int ROWS = 50;

    private final JobListing listing;
    private final KnownNames names;
    private final Clock clock;

    SearchPage(JobListing listing, KnownNames names, Clock clock) {
        this.listing = listing;
        this.names = names;
        this.clock = clock;
    }

    @GetMapping("/search")
    ModelAndView search(@RequestParam Map<String, String> parameters, Model model) {
        var input = SearchInput.of(parameters);
        model.addAttribute("input", input);
        model.addAttribute("states", JobStatus.State.values());
        model.addAttribute("names", names.names());
        try {
            var job = input.job();
            if (job != null) {
                return new ModelAndView("redirect:/jobs/" + job);
            }
            show(input, SearchPlace.of(parameters.get("after")), model);
            return new ModelAndView("search");
        } catch (BadInput e) {
            model.addAttribute("bad", e);
            model.addAttribute("found", null);
            var page = new ModelAndView("search");
            page.setStatus(HttpStatus.BAD_REQUEST);
            return page;
        }
    }

    private void show(SearchInput input, JobPage.@Nullable Place after, Model model) {
        var page = listing.page(input.filter(), after, ROWS);
        var now = clock.instant();
        var rows = page.jobs().stream().map(job -> JobRow.of(job, now)).toList();
        var next = page.next();
        model.addAttribute("found", new Found(rows, after == null ? null : address(input, null),
                next == null ? null : address(input, SearchPlace.text(next)),
                next != null && rows.size() < ROWS ? When.at(next.createdAt(), now) : null,
                BulkAction.offered(input)));
    }

    private static String address(SearchInput input, @Nullable String after) {
        var address = UriComponentsBuilder.fromPath("/search");
        input.given().forEach((name, value) -> address.queryParam(name, "{" + name + "}"));
        if (after != null) {
            address.queryParam("after", "{after}");
        }
        var values = new HashMap<String, Object>(input.given());
        values.put("after", after == null ? "" : after);
        return address.encode().buildAndExpand(values).toUriString();
    }

    /**
     * What the page shows.
     *
     * @param first
     *            the address of the first page; null on that one
     * @param next
     *            the address of the next page; null where nothing is behind
     * @param lookedBackTo
     *            how far was looked where more may be behind, though the page is not full; null otherwise
     */
    record Found(List<JobRow> jobs, @Nullable String first, @Nullable String next, @Nullable When lookedBackTo,
            List<BulkAction.Offer> actions) {

        Found {
            jobs = List.copyOf(jobs);
            actions = List.copyOf(actions);
        }
    }
}
