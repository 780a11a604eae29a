package io.millrace.dashboard.pages;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

import io.millrace.jobs.figures.JobFigures;

/** How mail and files fare: the jobs of their queues, and what their tables hold. */
@Controller
final class MailAndFilesPage {

    private static final List<String> QUEUES = List.of("mail", "files");

    private final JobFigures figures;
    private final DomainTables tables;

    MailAndFilesPage(JobFigures figures, DomainTables tables) {
        this.figures = figures;
        this.tables = tables;
    }

    @GetMapping("/mail-and-files")
    String show(@RequestParam(name = "window", required = false) @Nullable String code, Model model) {
        var window = Window.of(code);
        model.addAttribute("window", window);
        model.addAttribute("windows", Window.values());
        model.addAttribute("queues", QUEUES.stream().map(queue -> charts(queue, window)).toList());
        model.addAttribute("tables", tables.figures().stream().map(TableView::of).toList());
        return "mail-and-files";
    }

    private QueueCharts charts(String queue, Window window) {
        var points = figures.ofQueue(queue, window.length(), window.step());
        return new QueueCharts(queue, List.of(
                FigureCharts.outcomes(queue + "-outcomes", "Runs of the queue " + queue, points, window.step()),
                FigureCharts.runs(queue + "-runs", "How long its runs took", points, window.step())));
    }

    /** A queue with its charts. */
    record QueueCharts(String name, List<Chart> charts) {
    }

    /**
     * A table as the page shows it.
     *
     * @param problem
     *            why there is nothing to show; null if there is
     */
    record TableView(String title, String text, boolean hasBytes, boolean exact, @Nullable String problem,
            List<PartView> parts) {

        static TableView of(DomainTables.Figures figures) {
            var table = figures.table();
            var tally = figures.tally();
            var problem = !figures.asked()
                    ? "This cannot be counted now; it is tried again in some seconds."
                    : tally.isEmpty() ? "There is no table " + table.name() + " in this database." : null;
            return new TableView(table.title(), table.text(), table.hasBytes(),
                    tally.map(TableTally.Tally::exact).orElse(true), problem,
                    tally.map(found -> found.parts().stream().map(PartView::of).toList()).orElse(List.of()));
        }
    }

    /** The rows of one name. */
    record PartView(String name, String rows, String bytes) {

        static PartView of(TableTally.Part part) {
            return new PartView(part.name(), HumanText.number(part.rows()), HumanText.bytes(part.bytes()));
        }
    }
}
