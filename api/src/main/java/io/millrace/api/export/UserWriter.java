package io.millrace.api.export;

/** Writes users in a form, the start and the end around them. What was written is all out after {@link #flush}. */
interface UserWriter {

    void begin();

    void user(ExportedUser user);

    void end();

    void flush();
}
