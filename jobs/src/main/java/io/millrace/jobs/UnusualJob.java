package io.millrace.jobs;

import org.jspecify.annotations.Nullable;

/** What {@link JobWriter} and {@link JobReader} leave to JobRunr's own mapper. No fault, so it costs no stack trace. */
final class UnusualJob extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusualJob() {
        super("not the usual shape of a job", null, false, false);
    }

    static void unless(boolean usual) {
        if (!usual) {
            throw new UnusualJob();
        }
    }

    static <T> T unlessThere(@Nullable T value) {
        if (value == null) {
            throw new UnusualJob();
        }
        return value;
    }
}
