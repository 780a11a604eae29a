package io.millrace.worker.files;

import io.millrace.worker.files.packing.Packing;

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

    /** One JSON array of objects. */
    record JsonArray(TextEncoding encoding) implements FileFormat {
    }

    /** One content in a packed form. */
    record Packed(Packing packing) implements FileFormat {
    }

    /** A ZIP archive that is nothing more than that. */
    record Zip() implements FileFormat {
    }

    /** Anything else. */
    record Opaque(String mediaType) implements FileFormat {
    }
}
