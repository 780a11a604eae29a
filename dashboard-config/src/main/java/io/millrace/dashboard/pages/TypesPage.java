package io.millrace.dashboard.pages;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

import io.millrace.jobs.figures.ClusterFigures;
import io.millrace.jobs.figures.JobFigures;

/** How job types have fared: all in a table, each with charts of its own. */
@Controller
final class TypesPage {

    /** The others have figures alone: each chart is a statement. */
    private static final int MOST_CHARTS = 40;
    private static final Duration KEPT = Duration.ofSeconds(10);

    private final JobFigures figures;
    private final ClusterFigures cluster;
    private final Map<Window, Kept<List<TypeRow>>> rows = new EnumMap<>(Window.class);

    TypesPage(JobFigures figures, ClusterFigures cluster) {
        this.figures = figures;
        this.cluster = cluster;
        for (var window : Window.values()) {
            rows.put(window, new Kept<>(KEPT, () -> rows(window)));
        }
    }

    @GetMapping("/job-types")
    String all(@RequestParam(name = "window", required = false) @Nullable String code, Model model) {
        var window = Window.of(code);
        model.addAttribute("window", window);
        model.addAttribute("windows", Window.values());
        model.addAttribute("types", rows.getOrDefault(window, new Kept<>(KEPT, List::of)).get());
        return "job-types";
    }

    @GetMapping("/job-types/{type}")
    String one(@PathVariable String type, @RequestParam(name = "window", required = false) @Nullable String code,
            Model model) {
        var window = Window.of(code);
        var points = figures.ofType(type, window.length(), window.step());
        var sum = figures.byType(window.length()).stream().filter(one -> one.name().equals(type)).findFirst();
        model.addAttribute("type", type);
        model.addAttribute("window", window);
        model.addAttribute("windows", Window.values());
        model.addAttribute("row", sum.map(found -> TypeRow.of(found, "")).orElse(null));
        model.addAttribute("sum", sum.map(TypeSum::of).orElse(null));
        model.addAttribute("queues", cluster.latest().map(look -> look.types().stream()
                .filter(one -> one.type().equals(type)).map(TypeInQueue::of).toList()).orElse(List.of()));
        model.addAttribute("charts", List.of(
                FigureCharts.outcomes("outcomes", "Runs by what became of them", points, window.step()),
                FigureCharts.runs("runs", "How long runs took", points, window.step()),
                FigureCharts.waits("waits", "How long jobs waited", points, window.step()),
                FigureCharts.enqueued("enqueued", "Jobs enqueued", points, window.step())));
        return "job-type";
    }

    private List<TypeRow> rows(Window window) {
        var sums = figures.byType(window.length()).stream()
                .sorted(Comparator.comparingLong((JobFigures.Sum sum) -> TypeRow.runs(sum.counts())).reversed()
                        .thenComparing(JobFigures.Sum::name))
                .toList();
        var found = new ArrayList<TypeRow>();
        for (var sum : sums) {
            int place = found.size();
            found.add(TypeRow.of(sum, place < MOST_CHARTS
                    ? SmallChart.of("type-" + place, sum.name(),
                            figures.ofType(sum.name(), window.length(), window.smallStep()))
                    : ""));
        }
        return found;
    }

    /** What is left of a type's counts beside its line. */
    record TypeSum(String enqueued, String started, String succeeded, String crashed, String timedOut, String runMax,
            String waitP50, String waitP99) {

        static TypeSum of(JobFigures.Sum sum) {
            var counts = sum.counts();
            return new TypeSum(HumanText.number(counts.enqueued()), HumanText.number(counts.started()),
                    HumanText.number(counts.succeeded()), HumanText.number(counts.crashed()),
                    HumanText.number(counts.timedOut()), HumanText.duration(sum.runs().max()),
                    HumanText.duration(sum.waits().p50()), HumanText.duration(sum.waits().p99()));
        }
    }

    /** How it stands in a queue. */
    record TypeInQueue(String queue, String waiting, String running, String oldest) {

        static TypeInQueue of(ClusterFigures.TypeStatus status) {
            return new TypeInQueue(status.queue(), HumanText.number(status.waiting()),
                    HumanText.number(status.running()), HumanText.duration(status.oldestAge()));
        }
    }
}
