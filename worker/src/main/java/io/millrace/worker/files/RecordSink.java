package io.millrace.worker.files;

/** Takes the records of a file, one after the other. */
interface RecordSink {

    /** The record is the sink's until it returns. */
    void accept(RecordText fields);

    /** There was a record that could not be read. */
    void reject();
}
