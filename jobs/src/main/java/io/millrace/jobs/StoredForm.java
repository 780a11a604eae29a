package io.millrace.jobs;

/**
 * How a row of the engine's own holds its job: as JSON without what is the same for all of them (class names, the entry
 * point, what is empty or follows from another field), a quarter of the size of JobRunr's. The version ({@code v}) stands first, where JobRunr has none of that name, and the
 * history last, so that SQL can move a job on without anybody reading it: {@link #moved}.
 *
 * <pre>{"v":3,"id":"…","type":"send-mail","payloadVersion":1,"queue":"mail","priority":0,"maxAttempts":5,"payload":"{…}",
 * "history":[{"ENQUEUED":"2026-11-25T20:00:00.000001Z"},{"PROCESSING":"…","server":"…","serverName":"…"},
 * {"SUCCEEDED":"…","latency":0.001000000,"duration":0.020000000}]}</pre>
 *
 * Left out are {@code name} if it is the type, {@code retries} if they are one less than the attempts, and {@code labels},
 * {@code metadata} and {@code recurringJobId} if there are none.
 */
final class StoredForm {

    static final String VERSION = "v";
    static final String START = "{\"" + VERSION + "\":";
    static final String HISTORY = "history";
    static final String END = "]}";

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
     * SQL for the text in {@code column} as of another version and with more states at the end of its history.
     *
     * @param version
     *            an SQL expression
     * @param states
     *            an SQL expression for a text such as {@link JobWriter#state} makes
     */
    static String moved(String column, String version, String states) {
        return "'%s' || (%s)::text || substr(left(%s, -2), strpos(%s, ',')) || ',' || %s || '%s'"
                .formatted(START, version, column, column, states, END);
    }
}
