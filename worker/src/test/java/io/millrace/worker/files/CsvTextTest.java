package io.millrace.worker.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Bytes and characters must come to the same, whatever the text. */
class CsvTextTest {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final List<TextEncoding> ENCODINGS = List.of(
            new TextEncoding(StandardCharsets.UTF_8, 0, WINDOWS_1252),
            new TextEncoding(StandardCharsets.UTF_8, 3, StandardCharsets.UTF_8),
            new TextEncoding(WINDOWS_1252, 0, WINDOWS_1252),
            new TextEncoding(StandardCharsets.ISO_8859_1, 0, WINDOWS_1252));
    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final String[] LINE_ENDS = {"\n", "\r\n", "\r", "\n\n"};
    private static final String[] VALUES = {"", "NA", "\\N", "null", "nan", "7", "-12", "+3", "007", "0.5", "12.", ".5",
            "1e3", "123456789012345", "1234567890123456", "9007199254740993", "-0", "2012-01-31", "2012-02-30",
            "2012-01-31T07:05:59", "2012-01-31 07:05:59.123456789Z", "2012-01-31T23:59:60", "1/8/1990", "31/12/1999",
            "31.1.2012", "true", "FALSE", "Zürich", "Größe 9", "日本語の文", "😀", "a\"b", " padded ", "  ", "\u00a0x"};
    private static final String[] QUOTED = {"\"\"", "\"a b\"", "\"a,;|\tb\"", "\"two\nlines\"", "\"x\"\"y\"",
            "\"\"\"\"", "\" 5 \"", "\"Ø\"\"Ø\"", "\"2020-01-01\"", "\"long enough for eight\""};
    private static final String[] ODD = {"\"x\"y", "\"x\" ", "\"x\"\"y\"z\"w", "\"a\"b,\"c\"\"", "\"\"\"x\"\"y"};

    /** Of more rows they are estimates, with chance in them. */
    private static final int EXACT_QUANTILES = 200;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void readsSmallTextsLikeCharacters(int seed) throws IOException {
        for (int i = 0; i < 100; i++) {
            compare(new Random(1000 * seed + i), 1 + i / 4);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void readsTextsThatAreLongerThanItsWindowLikeCharacters(int seed) throws IOException {
        compare(new Random(seed), 40_000);
    }

    @Test
    void readsWhatIsFarLongerThanARecordMayBeLikeCharacters() throws IOException {
        String rows = "1,2\n".repeat(1000);
        String text = "a,b\n" + rows + "x".repeat(3 * ByteWindow.MAX) + ",1\n" + rows + "é,\"y\n" + rows;

        assertSame(text.getBytes(StandardCharsets.UTF_8), ENCODINGS.getFirst(), new CsvDialect(',', 2, true));
    }

    @Test
    void decidesOnTheEncodingByAsMuchAsCharactersWouldBeDecidedBy() throws IOException {
        String ascii = "a,b\n".repeat(100_000);
        for (int distance : new int[]{10, TextReader.BUFFER - 2, TextReader.BUFFER - 1, TextReader.BUFFER, 200_000}) {
            var text = new ByteArrayOutputStream();
            text.writeBytes(ascii.getBytes(StandardCharsets.UTF_8));
            text.writeBytes("é".getBytes(StandardCharsets.UTF_8));
            text.writeBytes("\n".repeat(distance - 2).getBytes(StandardCharsets.UTF_8));
            text.write(0xE9);
            text.writeBytes("\n,é\n".getBytes(StandardCharsets.UTF_8));

            assertSame(text.toByteArray(), ENCODINGS.getFirst(), new CsvDialect(',', 2, false));
        }
    }

    private static void compare(Random random, int rows) throws IOException {
        var encoding = ENCODINGS.get(random.nextInt(ENCODINGS.size()));
        char delimiter = DELIMITERS[random.nextInt(DELIMITERS.length)];
        int width = 1 + random.nextInt(5);
        var dialect = new CsvDialect(delimiter, random.nextBoolean() ? width : 0, random.nextBoolean());
        assertSame(text(random, rows, width, delimiter, encoding), encoding, dialect);
    }

    private static void assertSame(byte[] text, TextEncoding encoding, CsvDialect dialect) throws IOException {
        var byCharacters = new CsvTable(dialect);
        var reader = encoding.read(new ByteArrayInputStream(text));
        new CsvRecords(reader, dialect.delimiter()).forEach(byCharacters);
        var byBytes = new CsvTable(dialect);
        var charset = CsvText.read(new ByteArrayInputStream(text), encoding, dialect.delimiter(), byBytes);

        assertThat(charset).isEqualTo(reader.charset());
        var description = text.length < 1000 ? new String(text, StandardCharsets.UTF_8) : "a long text";
        var expected = byCharacters.summary();
        assertThat(byBytes.summary()).as(description).usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(expected.rows() > EXACT_QUANTILES ? "columns.quantiles.*" : "none")
                .isEqualTo(expected);
    }

    private static byte[] text(Random random, int rows, int width, char delimiter, TextEncoding encoding) {
        int[] kinds = random.ints(width, 0, 4).toArray();
        int dirt = random.nextInt(3) == 0 ? 0 : 40;
        String lineEnd = LINE_ENDS[random.nextInt(LINE_ENDS.length)];
        var charset = random.nextInt(4) == 0 ? WINDOWS_1252 : encoding.charset();
        var text = new ByteArrayOutputStream();
        text.writeBytes(new byte[encoding.markLength()]);
        for (int row = 0; row < rows; row++) {
            int fields = dirt > 0 && random.nextInt(dirt) == 0 ? random.nextInt(width + 2) : width;
            for (int field = 0; field < fields; field++) {
                String value = value(random, kinds[field % width], dirt);
                text.writeBytes(((field > 0 ? "" + delimiter : "") + value).getBytes(charset));
                if (dirt > 0 && random.nextInt(50 * dirt) == 0) {
                    text.write(random.nextInt(256));
                }
            }
            if (row < rows - 1 || random.nextBoolean()) {
                text.writeBytes(lineEnd.getBytes(charset));
            }
        }
        return text.toByteArray();
    }

    private static String value(Random random, int kind, int dirt) {
        if (dirt > 0 && random.nextInt(10 * dirt) == 0) {
            return "\"" + VALUES[random.nextInt(VALUES.length)];
        }
        if (dirt > 0 && random.nextInt(dirt) == 0) {
            return ODD[random.nextInt(ODD.length)];
        }
        return switch (kind) {
            case 0 -> VALUES[random.nextInt(VALUES.length)];
            case 1 -> "" + random.nextInt(1_000_000) / Math.pow(10, random.nextInt(7));
            case 2 -> random.nextBoolean() ? "" + random.nextInt() : QUOTED[random.nextInt(QUOTED.length)];
            default -> "20" + (10 + random.nextInt(90)) + "-0" + (1 + random.nextInt(9)) + "-2" + random.nextInt(9);
        };
    }
}
