package io.millrace.dashboard.pages;

import java.time.Clock;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

import io.millrace.jobs.JobWorkers;
import io.millrace.jobs.WorkerStatus;

/** Who runs jobs. */
@Controller
final class WorkersPage {

    private final JobWorkers workers;
    private final Clock clock;

    WorkersPage(JobWorkers workers, Clock clock) {
        this.workers = workers;
        this.clock = clock;
    }

    @GetMapping("/workers")
    String show(Model model) {
        var all = workers.all();
        var now = clock.instant();
        var living = all.stream().filter(WorkerStatus::alive).toList();
        model.addAttribute("workers", all.stream().map(worker -> WorkerRow.of(worker, now)).toList());
        model.addAttribute("living", living.size());
        model.addAttribute("running",
                HumanText.number(living.stream().mapToLong(WorkerStatus::running).sum()) + " of "
                        + HumanText.count(living.stream().mapToLong(WorkerStatus::slots).sum(), "slot", "slots"));
        return "workers";
    }
}
