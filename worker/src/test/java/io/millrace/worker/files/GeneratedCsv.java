package io.millrace.worker.files;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A CSV of as many rows as wanted, made while it is read and always the same:
 * {@code id,day,customer,amount,city,paid,note}, about 68 bytes a row.
 */
final class GeneratedCsv extends InputStream {

    static final String HEADER = "id,day,customer,amount,city,paid,note\n";

    private static final String[] CITIES = {"Oslo", "Zürich", "Nairobi", "São Paulo", "Kyoto", "Winnipeg", "Lima"};
    private static final byte[][] CITY_BYTES = new byte[CITIES.length][];

    static {
        for (int i = 0; i < CITIES.length; i++) {
            CITY_BYTES[i] = CITIES[i].getBytes(StandardCharsets.UTF_8);
        }
    }

    private final long rows;
    private final byte[] buffer = new byte[64 * 1024];
    private long row;
    private int at;
    private int end;
    private long random = 42;

    GeneratedCsv(long rows) {
        this.rows = rows;
        text(HEADER.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (at == end) {
            fill();
        }
        if (at == end) {
            return -1;
        }
        int count = Math.min(length, end - at);
        System.arraycopy(buffer, at, target, offset, count);
        at += count;
        return count;
    }

    private void fill() {
        at = 0;
        end = 0;
        while (row < rows && end < buffer.length - 256) {
            row++;
            row();
        }
    }

    private void row() {
        random = random * 6364136223846793005L + 1442695040888963407L;
        int dice = (int) (random >>> 33);
        number(row);
        text(",20");
        twoDigits(dice % 25);
        text("-");
        twoDigits(1 + dice % 12);
        text("-");
        twoDigits(1 + dice % 28);
        text(",customer");
        number(dice);
        text(",");
        number(dice % 100_000);
        text(".");
        twoDigits(dice % 100);
        text(",");
        text(CITY_BYTES[dice % CITY_BYTES.length]);
        text(dice % 3 == 0 ? ",true,\"lot " : ",false,\"lot ");
        number(dice % 5000);
        text(", shelf ");
        number(dice % 90);
        text("\"\n");
    }

    private void number(long value) {
        if (value > 9) {
            number(value / 10);
        }
        buffer[end++] = (byte) ('0' + value % 10);
    }

    private void twoDigits(int value) {
        buffer[end++] = (byte) ('0' + value / 10);
        buffer[end++] = (byte) ('0' + value % 10);
    }

    private void text(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            buffer[end++] = (byte) ascii.charAt(i);
        }
    }

    private void text(byte[] bytes) {
        System.arraycopy(bytes, 0, buffer, end, bytes.length);
        end += bytes.length;
    }
}
