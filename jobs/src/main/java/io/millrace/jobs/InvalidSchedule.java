package io.millrace.jobs;

/** A value of a schedule that no schedule can have. Nothing was stored. */
public final class InvalidSchedule extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String field;
    private final String remedy;

    InvalidSchedule(String field, String remedy) {
        super(field + " " + remedy);
        this.field = field;
        this.remedy = remedy;
    }

    static void check(String field, boolean valid, String remedy) {
        if (!valid) {
            throw new InvalidSchedule(field, remedy);
        }
    }

    /** {@code id}, or the name of the component of {@link ScheduleOptions}. */
    public String field() {
        return field;
    }

    /** What the field must be, without what was given. */
    public String remedy() {
        return remedy;
    }
}
