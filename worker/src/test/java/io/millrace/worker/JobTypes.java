package io.millrace.worker;

import java.util.List;

import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

import io.millrace.jobs.JobType;

/** The job records of {@code core}, found by their annotation as the engine finds them. */
final class JobTypes {

    private JobTypes() {
    }

    static List<Class<?>> all() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(JobType.class));
        return scanner.findCandidateComponents("io.millrace.core").stream()
                .<Class<?>>map(found -> ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null))
                .toList();
    }

    static JobType typeOf(Class<?> job) {
        return job.getAnnotation(JobType.class);
    }
}
