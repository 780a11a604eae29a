package io.millrace.worker.files;

import java.util.Locale;

/** The kinds of file whose columns are profiled. */
enum TableFormat {

    CSV, TSV, NDJSON, JSON;

    /** As it stands in a profile. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
