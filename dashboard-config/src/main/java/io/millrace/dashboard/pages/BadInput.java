package io.millrace.dashboard.pages;

/** What somebody has typed, or a link says, that cannot be meant. Nothing was done. */
final class BadInput extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String field;
    private final String remedy;

    BadInput(String field, String remedy) {
        super(field + " " + remedy);
        this.field = field;
        this.remedy = remedy;
    }

    static void check(String field, boolean valid, String remedy) {
        if (!valid) {
            throw new BadInput(field, remedy);
        }
    }

    /** The name of the parameter. */
    public String field() {
        return field;
    }

    /** What it must be. */
    public String remedy() {
        return remedy;
    }
}
