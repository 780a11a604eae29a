package io.millrace.dashboard.pages;

import java.time.Clock;
import java.util.UUID;
import jakarta.servlet.http.HttpServletRequest;

import org.jobrunr.jobs.states.StateName;
import org.jobrunr.storage.ConcurrentJobModificationException;
import org.jobrunr.storage.JobNotFoundException;
import org.jobrunr.storage.StorageProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import io.millrace.dashboard.audit.Change;
import io.millrace.jobs.CannotRetry;
import io.millrace.jobs.JobQueue;
import io.millrace.jobs.JobStories;

/** One job, with all that is known of it, and what can be done about it. */
@Controller
final class StoryPage {

    private final JobStories stories;
    private final JobQueue queue;
    private final StorageProvider storage;
    private final PageSettings settings;
    private final Clock clock;

    StoryPage(JobStories stories, JobQueue queue, StorageProvider storage, PageSettings settings, Clock clock) {
        this.stories = stories;
        this.queue = queue;
        this.storage = storage;
        this.settings = settings;
        this.clock = clock;
    }

    @GetMapping("/jobs/{id}")
    String show(@PathVariable String id, Model model) {
        var story = stories.find(job(id)).orElseThrow(() -> unknown(id));
        model.addAttribute("story", StoryView.of(story, clock.instant()));
        model.addAttribute("traceLink", settings.linkTo(story.traceId()).orElse(null));
        return "job";
    }

    @Change("retry-job")
    @PostMapping("/jobs/{id}/retry")
    String retry(@PathVariable String id, HttpServletRequest request, RedirectAttributes next) {
        try {
            queue.retry(job(id));
            News.done(next, "The job is back at the end of its queue's line, with all its attempts.");
        } catch (CannotRetry e) {
            if (e.reason() == CannotRetry.Reason.UNKNOWN) {
                throw unknown(id);
            }
            News.refused(request, next, e.reason() == CannotRetry.Reason.NOT_FAILED
                    ? "Nothing was done: only a FAILED job can be put back, and this one is not, or not any more."
                    : "Nothing was done: the job's row cannot be read and has to be mended first.");
        }
        return "redirect:/jobs/" + id;
    }

    @Change("cancel-job")
    @PostMapping("/jobs/{id}/cancel")
    String cancel(@PathVariable String id, HttpServletRequest request, RedirectAttributes next) {
        if (queue.cancel(job(id))) {
            News.done(next, "The job is cancelled. If it was running, its handler is interrupted within a second.");
        } else {
            News.refused(request, next, "Nothing was done: the job has ended already.");
        }
        return "redirect:/jobs/" + id;
    }

    @Change("delete-job")
    @PostMapping("/jobs/{id}/delete")
    String delete(@PathVariable String id, HttpServletRequest request, RedirectAttributes next) {
        try {
            var job = storage.getJobById(job(id));
            if (job.getState() == StateName.FAILED) {
                storage.save(job.delete("Deleted from the dashboard"));
                News.done(next, "The job is deleted; retention removes it for good.");
            } else {
                News.refused(request, next,
                        "Nothing was done: only a FAILED job can be deleted, and this one is not, or not any more.");
            }
        } catch (JobNotFoundException e) {
            throw unknown(id);
        } catch (ConcurrentJobModificationException e) {
            News.refused(request, next, "Nothing was done: the job has just changed. Look again.");
        }
        return "redirect:/jobs/" + id;
    }

    private static UUID job(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw unknown(id);
        }
    }

    private static NoSuchThing unknown(String id) {
        return new NoSuchThing("There is no job " + id + ", or none any more: what has ended is kept for some days.",
                null);
    }
}
