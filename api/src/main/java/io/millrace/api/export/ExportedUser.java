package io.millrace.api.export;

import java.time.OffsetDateTime;
import java.util.UUID;

import io.millrace.jobs.json.UtcText;

/** What an export tells of a user, in this order. */
record ExportedUser(UUID id, String email, String fullName, OffsetDateTime createdAt) {

    /** As everywhere in the API. */
    String createdAtText() {
        return UtcText.of(createdAt);
    }
}
