package io.millrace.worker.files;

/**
 * How the records of a delimited text are to be read.
 *
 * @param width
 *            how many fields a record has; 0 if that is for the first record to say
 * @param header
 *            whether the first record of that width names the columns
 */
record CsvDialect(char delimiter, int width, boolean header) {

    /** Tabs make it TSV, whatever it is called. */
    TableFormat format() {
        return delimiter == '\t' ? TableFormat.TSV : TableFormat.CSV;
    }
}
