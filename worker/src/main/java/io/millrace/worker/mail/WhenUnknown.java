package io.millrace.worker.mail;

/** What becomes of a mail of which nobody can say whether the server took it: the connection, or the worker, was lost after DATA. */
enum WhenUnknown {
    /** It is sent again, with the same Message-ID: some may get it twice, nobody goes without. */
    RESEND,
    /** Its job fails, and a person decides: who puts the job back has it sent again. Nobody gets it twice unasked. */
    PARK
}
