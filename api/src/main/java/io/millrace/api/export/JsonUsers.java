package io.millrace.api.export;

/** Users as one JSON array or as NDJSON, byte for byte as Jackson would write them. */
final class JsonUsers implements UserWriter {

    private static final byte[] ID = Ascii.bytes("{\"id\":\"");
    private static final byte[] EMAIL = Ascii.bytes("\",\"email\":\"");
    private static final byte[] FULL_NAME = Ascii.bytes("\",\"fullName\":\"");
    private static final byte[] CREATED_AT = Ascii.bytes("\",\"createdAt\":\"");
    private static final byte[] END = Ascii.bytes("\"}");

    private final Escapes escapes;
    private final boolean array;
    private boolean any;

    private JsonUsers(Escapes escapes, boolean array) {
        this.escapes = escapes;
        this.array = array;
    }

    static JsonUsers array(Escapes escapes) {
        return new JsonUsers(escapes, true);
    }

    static JsonUsers lines(Escapes escapes) {
        return new JsonUsers(escapes, false);
    }

    @Override
    public void begin(Batch batch) {
        if (array) {
            batch.add('[');
        }
    }

    @Override
    public void user(ExportedUser user, Batch batch) {
        if (any) {
            batch.add(array ? ',' : '\n');
        }
        any = true;
        batch.add(ID);
        batch.addUuid(user.idHigh(), user.idLow());
        batch.add(EMAIL);
        escapes.write(user.email(), batch);
        batch.add(FULL_NAME);
        escapes.write(user.fullName(), batch);
        batch.add(CREATED_AT);
        user.createdAt().addTo(batch);
        batch.add(END);
    }

    @Override
    public void end(Batch batch) {
        if (array) {
            batch.add(']');
        }
        if (array || any) {
            batch.add('\n');
        }
    }
}
