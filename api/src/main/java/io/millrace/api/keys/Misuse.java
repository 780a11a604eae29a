package io.millrace.api.keys;

/** A command line that cannot be what was meant. */
final class Misuse extends RuntimeException {

    static final String USAGE = """

                                keys create --name NAME --scopes enqueue,read,operate [--job-types TYPE,…] [--queues QUEUE,…]
                                            [--rate REQUESTS/DURATION] [--quota BYTES/DURATION] [--expires-at TIME]
                                keys list
                                keys rotate ID [--overlap DURATION]
                                keys revoke ID

                                Durations are ISO 8601 (PT1M, P1D), times RFC 3339, bytes 100MB and the like. Settings such as
                                --spring.datasource.url=… and environment variables work as for the server.""";

    private static final long serialVersionUID = 1;

    Misuse(String message) {
        super(message);
    }
}
