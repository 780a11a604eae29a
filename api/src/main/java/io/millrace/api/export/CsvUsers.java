package io.millrace.api.export;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Users as CSV by RFC 4180: commas, CR LF, quotes where they are needed and doubled inside. */
final class CsvUsers implements UserWriter {

    private static final String STARTS_A_FORMULA = "=+-@\t\r";

    private final ByteArrayOutputStream out;
    private final boolean escapeFormulas;
    private final StringBuilder lines = new StringBuilder();

    CsvUsers(ByteArrayOutputStream out, boolean escapeFormulas) {
        this.out = out;
        this.escapeFormulas = escapeFormulas;
    }

    @Override
    public void begin() {
        lines.append("id,email,fullName,createdAt\r\n");
    }

    @Override
    public void user(ExportedUser user) {
        lines.append(user.id()).append(',');
        text(user.email());
        lines.append(',');
        text(user.fullName());
        lines.append(',').append(user.createdAtText()).append("\r\n");
    }

    @Override
    public void end() {
        // The last line has ended.
    }

    @Override
    public void flush() {
        out.writeBytes(lines.toString().getBytes(StandardCharsets.UTF_8));
        lines.setLength(0);
    }

    private void text(String value) {
        String shown = escapeFormulas && !value.isEmpty() && STARTS_A_FORMULA.indexOf(value.charAt(0)) >= 0
                ? "'" + value
                : value;
        if (needsQuotes(shown)) {
            lines.append('"').append(shown.replace("\"", "\"\"")).append('"');
        } else {
            lines.append(shown);
        }
    }

    private static boolean needsQuotes(String text) {
        return text.indexOf(',') >= 0 || text.indexOf('"') >= 0 || text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0;
    }
}
