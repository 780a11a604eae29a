package io.millrace.jobs;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** Every job type of the scanned packages, by name; two of one name, or a setting for none, refuse to start. */
final class JobTypes {

    private final Map<String, JobDescriptor> byName = new TreeMap<>();
    private final Map<Class<?>, JobDescriptor> byPayloadType = new HashMap<>();

    JobTypes(Collection<String> packages, JobsProperties settings) {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(JobType.class));
        packages.stream().flatMap(name -> scanner.findCandidateComponents(name).stream())
                .map(found -> ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null)).distinct()
                .forEach(found -> add(JobDescriptor.of(jobClass(found), settings)));
        refuseSettingsOfNoType(settings);
    }

    /** By name. */
    Collection<JobDescriptor> all() {
        return byName.values();
    }

    Optional<JobDescriptor> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    /** Those that job types name. */
    Set<String> queues() {
        return byName.values().stream().map(JobDescriptor::queue).collect(Collectors.toSet());
    }

    JobDescriptor named(String name) {
        return find(name).orElseThrow(this::unknown);
    }

    /** Those that may be named from outside. */
    List<JobDescriptor> offered() {
        return byName.values().stream().filter(type -> !type.internal()).toList();
    }

    /** The others. */
    List<JobDescriptor> internal() {
        return byName.values().stream().filter(JobDescriptor::internal).toList();
    }

    /** One that may be named from outside. */
    JobDescriptor offered(String name) {
        return find(name).filter(type -> !type.internal()).orElseThrow(this::unknown);
    }

    private UnknownJobType unknown() {
        return new UnknownJobType("there is no job type of this name; known are "
                + offered().stream().map(JobDescriptor::name).toList());
    }

    JobDescriptor of(Class<?> payloadType) {
        var type = byPayloadType.get(payloadType);
        if (type == null) {
            throw new UnknownJobType(
                    payloadType.getName() + " is no known job type: annotate it with @JobType and put its"
                            + " package into millrace.jobs.packages");
        }
        return type;
    }

    private void add(JobDescriptor type) {
        byPayloadType.put(type.payloadType(), type);
        var other = byName.putIfAbsent(type.name(), type);
        if (other != null) {
            throw new IllegalStateException("two job types are named " + type.name() + ": "
                    + other.payloadType().getName() + " and " + type.payloadType().getName());
        }
    }

    /** A misspelt name would silently change nothing. A process without job types, such as the dashboard's, uses none. */
    private void refuseSettingsOfNoType(JobsProperties settings) {
        var strangers = settings.typesOtherThan(byName.keySet());
        if (!byName.isEmpty() && !strangers.isEmpty()) {
            throw new CannotStart("millrace.jobs.types has settings for " + String.join(", ", strangers)
                    + ", and there is no such job type.",
                    "Name one of " + String.join(", ", byName.keySet())
                            + ", or remove the settings.",
                    null);
        }
    }

    @SuppressWarnings("unchecked") // asSubclass cannot say Job<?>
    private static Class<? extends Job<?>> jobClass(Class<?> found) {
        if (!Job.class.isAssignableFrom(found)) {
            throw new IllegalStateException(found.getName() + " has a @JobType but does not implement Job");
        }
        return (Class<? extends Job<?>>) found;
    }
}
