package io.millrace.api.export;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** What an export tells of a user, in this order. */
record ExportedUser(UUID id, String email, String fullName, OffsetDateTime createdAt) {

    /** As everywhere in the API: RFC 3339 in UTC with microseconds. By hand: a million of them count. */
    String createdAtText() {
        OffsetDateTime utc = createdAt.withOffsetSameInstant(ZoneOffset.UTC);
        byte[] text = "0000-00-00T00:00:00.000000Z".getBytes(StandardCharsets.US_ASCII);
        digits(text, 3, utc.getYear());
        digits(text, 6, utc.getMonthValue());
        digits(text, 9, utc.getDayOfMonth());
        digits(text, 12, utc.getHour());
        digits(text, 15, utc.getMinute());
        digits(text, 18, utc.getSecond());
        digits(text, 25, utc.getNano() / 1000);
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static void digits(byte[] text, int last, int number) {
        int rest = number;
        for (int i = last; rest > 0; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
