package io.millrace.worker.users;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

import io.millrace.worker.users.RejectRows.Reject;

/**
 * The rejects of an import as CSV by RFC 4180, made while it is read: {@code row,reason,original}. An original that a
 * spreadsheet would run as a formula gets an apostrophe before it, as in the export of users.
 */
final class RejectsCsv extends InputStream {

    private static final String START_A_FORMULA = "=+-@\t\r";

    private final RejectRows rejects;
    private final UUID jobId;
    private byte[] page = "row,reason,original\r\n".getBytes(StandardCharsets.UTF_8);
    private int at;
    private long lastRow;
    private boolean ended;

    RejectsCsv(RejectRows rejects, UUID jobId) {
        this.rejects = rejects;
        this.jobId = jobId;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (at == page.length && !ended) {
            turnPage();
        }
        if (at == page.length) {
            return -1;
        }
        int count = Math.min(length, page.length - at);
        System.arraycopy(page, at, target, offset, count);
        at += count;
        return count;
    }

    private void turnPage() {
        var rows = rejects.after(jobId, lastRow);
        var text = new StringBuilder();
        for (Reject reject : rows) {
            text.append(reject.rowNumber()).append(',').append(quoted(reject.reason())).append(',')
                    .append(quoted(harmless(reject.original()))).append("\r\n");
            lastRow = reject.rowNumber();
        }
        page = text.toString().getBytes(StandardCharsets.UTF_8);
        at = 0;
        ended = rows.isEmpty();
    }

    private static String harmless(String text) {
        return !text.isEmpty() && START_A_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
