package io.millrace.dashboard.pages;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

import io.millrace.jobs.QueueStatus;
import io.millrace.jobs.figures.ClusterFigures;
import io.millrace.jobs.figures.JobFigures;

/** The job types and queues that anything happened to lately, as suggestions to who searches. */
@Component
final class KnownNames {

    private static final Duration KEPT = Duration.ofSeconds(30);

    private final JobFigures figures;
    private final ClusterFigures cluster;
    private final Kept<Names> kept = new Kept<>(KEPT, this::ask);

    KnownNames(JobFigures figures, ClusterFigures cluster) {
        this.figures = figures;
        this.cluster = cluster;
    }

    Names names() {
        return kept.get();
    }

    private Names ask() {
        var look = cluster.latest();
        var types = Stream.concat(figures.byType(Duration.ofDays(1)).stream().map(JobFigures.Sum::name),
                look.stream().flatMap(seen -> seen.types().stream()).map(ClusterFigures.TypeStatus::type));
        var queues = look.stream().flatMap(seen -> seen.queues().stream()).map(QueueStatus::name);
        return new Names(types.distinct().sorted().toList(), queues.distinct().sorted().toList());
    }

    record Names(List<String> types, List<String> queues) {

        Names {
            types = List.copyOf(types);
            queues = List.copyOf(queues);
        }
    }
}
