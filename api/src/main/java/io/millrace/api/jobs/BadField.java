package io.millrace.api.jobs;

/** A field of a {@link NewJob} that does not fit. */
final class BadField extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final String field;
    private final String remedy;

    BadField(String field, String remedy) {
        super(field + " " + remedy);
        this.field = field;
        this.remedy = remedy;
    }

    String field() {
        return field;
    }

    String remedy() {
        return remedy;
    }
}
