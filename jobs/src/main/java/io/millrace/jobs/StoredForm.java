package io.millrace.jobs;

/**
 * How a row of the engine's own holds its job: as lines of JSON, the job first and then each state of its history, without
 * what is the same for all jobs (class names, the entry point, what is empty or follows from another field): a quarter of
 * the size of JobRunr's JSON. The last line has the job's version. So SQL moves a job on by adding a line, without anybody reading it:
 * {@link #moved}.
 *
 * <pre>
 * {"job":"0199…","type":"send-mail","payloadVersion":1,"queue":"mail","priority":0,"maxAttempts":5,"payload":"{…}"}
 * {"v":1,"ENQUEUED":"2026-11-25T20:00:00.000001Z"}
 * {"v":2,"PROCESSING":"…","server":"…","serverName":"…"}
 * {"v":3,"SUCCEEDED":"…","latency":0.001000000,"duration":0.020000000}
 * </pre>
 *
 * Left out are {@code timeLimitMillis}, {@code enqueuedBy} and {@code traceparent} if nobody has said them, {@code name} if it is the type, {@code retries} if they are one less than the attempts, and {@code labels},
 * {@code metadata} and {@code recurringJobId} if there are none. A version in any other line than the last says nothing.
 */
final class StoredForm {

    static final String ID = "job";
    static final String VERSION = "v";

    private static final String START = "{\"" + ID + "\":";

    private StoredForm() {
    }

    static boolean is(String json) {
        return json.startsWith(START);
    }

    /** SQL that says whether {@link #moved} may be used of the text in {@code column}. */
    static String isIn(String column) {
        return "starts_with(%s, '%s')".formatted(column, START);
    }

    /**
     * SQL for the text in {@code column} as of another version and with one more state.
     *
     * @param version
     *            an SQL expression
     * @param state
     *            an SQL expression for a text such as {@link JobWriter#state} makes
     */
    static String moved(String column, String version, String state) {
        return "%s || e'\\n{\"%s\":' || (%s)::text || ',' || %s".formatted(column, VERSION, version, state);
    }
}
