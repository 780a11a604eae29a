package io.millrace.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Rows of many jobs, a batch a statement, so that neither side ever holds more than a batch of payloads. */
final class InsertInBatches {

    private static final int ROWS = 1_000;
    private static final int CHARACTERS = 4 * 1024 * 1024;

    private final Consumer<List<NewJobRow>> insert;
    private final List<NewJobRow> batch = new ArrayList<>(ROWS);
    private long characters;

    /**
     * @param insert
     *            writes those that it is given before it returns
     */
    InsertInBatches(Consumer<List<NewJobRow>> insert) {
        this.insert = insert;
    }

    void add(NewJobRow row) {
        int length = row.enqueued().payload().length();
        if (batch.size() == ROWS || characters + length > CHARACTERS) {
            finish();
        }
        batch.add(row);
        characters += length;
    }

    /** Writes what is left. */
    void finish() {
        if (!batch.isEmpty()) {
            insert.accept(batch);
            batch.clear();
            characters = 0;
        }
    }
}
