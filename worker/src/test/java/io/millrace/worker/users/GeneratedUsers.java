package io.millrace.worker.users;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A CSV of as many users as wanted, made while it is read and always the same. Of each hundred rows two have no address that
 * could be one, and two have that of the row before them in other letters.
 */
final class GeneratedUsers extends InputStream {

    private static final int ROWS_AT_ONCE = 1_000;

    private final long rows;
    private byte[] page = "id,email,fullName\n".getBytes(StandardCharsets.UTF_8);
    private int at;
    private long row;

    GeneratedUsers(long rows) {
        this.rows = rows;
    }

    static long imported(long rows) {
        return rows / 100 * 96;
    }

    static long alreadyThere(long rows) {
        return rows / 100 * 2;
    }

    static long rejected(long rows) {
        return rows / 100 * 2;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (at == page.length) {
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
        var text = new StringBuilder();
        for (int i = 0; i < ROWS_AT_ONCE && row < rows; i++, row++) {
            text.append(row).append(',').append(email()).append(",\"Ada Lovelace, the ").append(row).append("th\"\n");
        }
        page = text.toString().getBytes(StandardCharsets.UTF_8);
        at = 0;
    }

    private String email() {
        return switch ((int) (row % 50)) {
            case 20 -> "nobody" + row;
            case 41 -> "USER" + (row - 1) + "@EXAMPLE.org";
            default -> "user" + row + "@example.org";
        };
    }
}
