package io.millrace.jobs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jakarta.validation.Validator;

import io.millrace.jobs.json.PayloadSchema;

/**
 * The job types that this process knows and that may be queued by name, whether or not it has handlers for them.
 *
 * <p>
 * The schema of a payload follows the record and the constraints that the validator finds on it. Whatever it refuses,
 * {@link JobQueue#enqueue(String, String, EnqueueOptions)} refuses; the other way round that is so as far as JSON Schema has words for
 * it. It has none for the check of a constraint that is code, and leaves out a pattern that its regular expressions read
 * otherwise than Java's.
 */
public final class JobCatalog {

    private final JobTypes types;
    private final JobPayloads payloads;
    private final List<JobTypeDescription> all;
    private final Map<String, JobTypeDescription> byName;

    JobCatalog(JobTypes types, JobPayloads payloads, Validator validator) {
        this.types = types;
        this.payloads = payloads;
        var schema = new PayloadSchema(validator);
        this.all = types.offered().stream().map(type -> new JobTypeDescription(type.name(), type.version(),
                schema.of(type.payloadType()), type.queue(), type.priority(), type.maxAttempts(),
                type.backOff().initial(),
                type.backOff().max(), type.timeLimit().soft())).toList();
        this.byName = all.stream().collect(Collectors.toMap(JobTypeDescription::name, type -> type));
    }

    /** The queue of each job type by its name, also of those that cannot be queued by name: what this process knows, for figures. */
    public Map<String, String> queues() {
        return types.all().stream().collect(Collectors.toMap(JobDescriptor::name, JobDescriptor::queue));
    }

    /** All of them, by name. */
    public List<JobTypeDescription> all() {
        return all;
    }

    /** One of them; empty if none has this name. */
    public Optional<JobTypeDescription> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * A job from its type's name and its JSON payload, as it would be enqueued.
     *
     * @throws UnknownJobType
     *             if no type of that name is known
     * @throws InvalidPayload
     *             if the JSON does not fit
     */
    public Job<?> read(String type, String payload) {
        return payloads.read(type, payload, types.offered(type).payloadType());
    }
}
