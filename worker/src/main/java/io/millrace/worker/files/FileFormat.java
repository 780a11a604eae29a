package io.millrace.worker.files;

/** What a file is, as far as its head tells. */
sealed interface FileFormat {

    /**
     * Fields between delimiters.
     *
     * @param dialect
     *            how they stand there
     */
    record Delimited(TextEncoding encoding, CsvDialect dialect) implements FileFormat {
    }

    /** A JSON object a line. */
    record JsonLines(TextEncoding encoding) implements FileFormat {
    }

    /** Anything else. */
    record Opaque(String mediaType) implements FileFormat {
    }
}
