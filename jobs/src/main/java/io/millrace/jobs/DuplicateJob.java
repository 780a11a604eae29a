package io.millrace.jobs;

import java.util.UUID;

/** Another job holds the unique key. Nothing was queued, and the caller's transaction can go on. */
public final class DuplicateJob extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private final String key;
    private final UUID existingId;

    DuplicateJob(String type, UniqueKey key, UUID existingId) {
        super("job " + existingId + " holds the unique key " + key.key() + " of " + type
                + (key.policy() == UniqueKey.Policy.REPLACE
                        ? " and does not wait any more, so cannot be replaced"
                        : ""));
        this.key = key.key();
        this.existingId = existingId;
    }

    public String key() {
        return key;
    }

    /** The job that holds the key. */
    public UUID existingId() {
        return existingId;
    }
}
