package io.millrace.jobs;

import java.util.List;

/** A payload that does not fit its job type. Nothing was queued. */
public final class InvalidPayload extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String type;
    private final transient List<Violation> violations;

    InvalidPayload(String type, List<Violation> violations) {
        super("the payload does not fit job type " + type + ": " + violations);
        this.type = type;
        this.violations = List.copyOf(violations);
    }

    /** The job type's name. */
    public String type() {
        return type;
    }

    public List<Violation> violations() {
        return violations;
    }

    /**
     * One thing that is wrong.
     *
     * @param field
     *            path within the payload, e.g. {@code to} or {@code items[2].name}; empty for the payload as a whole
     * @param message
     *            what is expected there, without the value that was sent
     */
    public record Violation(String field, String message) {
    }
}
