package io.millrace.jobs;

import io.millrace.jobs.json.StrictValues;

/** An {@link EnqueueOptions} value out of its range. Nothing was queued. */
public final class InvalidEnqueueOption extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String field;
    private final String remedy;

    private InvalidEnqueueOption(String field, String remedy) {
        super(field + " " + remedy);
        this.field = field;
        this.remedy = remedy;
    }

    static void check(String field, boolean valid, String remedy) {
        if (!valid) {
            throw new InvalidEnqueueOption(field, remedy);
        }
    }

    static void checkKey(String field, String key) {
        check(field, !key.isBlank() && key.length() <= 255 && StrictValues.isStorable(key),
                "must be of 1 to 255 characters, without U+0000 or half a surrogate pair");
    }

    /** The name of the component of {@link EnqueueOptions}. */
    public String field() {
        return field;
    }

    /** What the field must be. */
    public String remedy() {
        return remedy;
    }
}
