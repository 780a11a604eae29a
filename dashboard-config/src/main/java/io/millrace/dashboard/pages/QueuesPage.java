package io.millrace.dashboard.pages;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import io.millrace.dashboard.audit.Change;
import io.millrace.jobs.InvalidEnqueueOption;
import io.millrace.jobs.JobQueues;

/** All queues, and the buttons that hold them up. */
@Controller
final class QueuesPage {

    private final QueueBoard board;
    private final JobQueues queues;

    QueuesPage(QueueBoard board, JobQueues queues) {
        this.board = board;
        this.queues = queues;
    }

    @GetMapping("/")
    String first() {
        return "redirect:/queues";
    }

    @GetMapping("/queues")
    String show(Model model) {
        model.addAttribute("board", board.board());
        return "queues";
    }

    @Change("pause-queue")
    @PostMapping("/queues/{queue}/pause")
    String pause(@PathVariable String queue, RedirectAttributes next) {
        change(queue, () -> queues.pause(queue));
        News.done(next, "The queue " + queue + " is paused: what runs goes on, what waits stays.");
        return "redirect:/queues";
    }

    @Change("resume-queue")
    @PostMapping("/queues/{queue}/resume")
    String resume(@PathVariable String queue, RedirectAttributes next) {
        change(queue, () -> queues.resume(queue));
        News.done(next, "The queue " + queue + " goes on.");
        return "redirect:/queues";
    }

    private static void change(String queue, Runnable change) {
        try {
            change.run();
        } catch (InvalidEnqueueOption e) {
            throw new NoSuchThing("There is no queue " + queue + ".", e);
        }
    }
}
