package io.millrace.api.export;

/** Writes users in a form, the start and the end around them. */
interface UserWriter {

    void begin(Batch batch);

    void user(ExportedUser user, Batch batch);

    void end(Batch batch);
}
