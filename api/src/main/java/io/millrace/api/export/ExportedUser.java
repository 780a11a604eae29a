package io.millrace.api.export;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** What an export tells of a user, in this order. */
record ExportedUser(UUID id, String email, String fullName, OffsetDateTime createdAt) {

    /** As everywhere in the API: RFC 3339 in UTC with microseconds. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
            .withZone(ZoneOffset.UTC);

    String createdAtText() {
        return TIME.format(createdAt);
    }
}
