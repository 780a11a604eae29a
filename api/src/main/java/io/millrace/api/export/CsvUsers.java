package io.millrace.api.export;

/** Users as CSV by RFC 4180: commas, CR LF, quotes where they are needed and doubled inside. */
final class CsvUsers implements UserWriter {

    private static final byte[] HEADER = Ascii.bytes("id,email,fullName,createdAt\r\n");
    private static final byte[] LINE_END = Ascii.bytes("\r\n");
    private static final Ascii START_A_FORMULA = new Ascii("=+-@\t\r");
    private static final Ascii NEED_QUOTES = new Ascii(",\"\r\n");

    private final boolean escapeFormulas;

    CsvUsers(boolean escapeFormulas) {
        this.escapeFormulas = escapeFormulas;
    }

    @Override
    public void begin(Batch batch) {
        batch.add(HEADER);
    }

    @Override
    public void user(ExportedUser user, Batch batch) {
        batch.addUuid(user.idHigh(), user.idLow());
        batch.add(',');
        text(user.email(), batch);
        batch.add(',');
        text(user.fullName(), batch);
        batch.add(',');
        user.createdAt().addTo(batch);
        batch.add(LINE_END);
    }

    @Override
    public void end(Batch batch) {
        // The last line has ended.
    }

    private void text(Utf8 value, Batch batch) {
        boolean quoted = value.hasOneOf(NEED_QUOTES);
        if (quoted) {
            batch.add('"');
        }
        if (escapeFormulas && value.startsWithOneOf(START_A_FORMULA)) {
            batch.add('\'');
        }
        Escapes.CSV.write(value, batch);
        if (quoted) {
            batch.add('"');
        }
    }
}
