package io.millrace.jobs;

import java.util.UUID;

/** An idempotency key that stands for another request already. Nothing was queued, and the transaction can go on. */
public final class IdempotencyKeyReused extends IllegalStateException {

    private static final long serialVersionUID = 1;

    private final String key;
    private final UUID existingId;

    IdempotencyKeyReused(String key, UUID existingId) {
        super("the idempotency key " + key + " was used before, for job " + existingId
                + ", for another request; take a new key for a new request");
        this.key = key;
        this.existingId = existingId;
    }

    public String key() {
        return key;
    }

    /** The job that the key stands for. */
    public UUID existingId() {
        return existingId;
    }
}
