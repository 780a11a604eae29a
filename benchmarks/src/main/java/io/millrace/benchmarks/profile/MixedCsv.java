package io.millrace.benchmarks.profile;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Random;

/**
 * A plain table of mixed columns, about 85 bytes a row and always the same: an integer that rises, decimals, dates, time
 * stamps, booleans, a few cities (two in seven beyond ASCII), longer texts of which three in ten are within quotes and one
 * in ten is beyond ASCII, and small integers of which a fifth is missing.
 */
final class MixedCsv {

    private static final String[] CITIES = {"Oslo", "Zürich", "Nairobi", "São Paulo", "Kyoto", "Winnipeg", "Lima"};
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final LocalDateTime FIRST_SECOND = LocalDateTime.of(2015, 1, 1, 0, 0);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");

    private MixedCsv() {
    }

    static void write(Path file, int rows) throws IOException {
        var random = new Random(42);
        try (var out = new PrintStream(new BufferedOutputStream(Files.newOutputStream(file)), false,
                StandardCharsets.UTF_8)) {
            out.print("id,amount,day,seen,paid,city,note,score\n");
            for (int row = 0; row < rows; row++) {
                int cents = random.nextInt(10_000_000);
                out.print(row + "," + cents / 100 + "." + cents / 10 % 10 + cents % 10 + ",");
                out.print(FIRST_DAY.plusDays(random.nextInt(9000)) + ",");
                out.print(FIRST_SECOND.plusSeconds(random.nextInt(300_000_000)).format(TIME) + ",");
                out.print(random.nextBoolean() + "," + CITIES[random.nextInt(CITIES.length)] + ",");
                out.print(note(random) + ",");
                out.print((random.nextInt(5) > 0 ? random.nextInt(100) - 50 : "") + "\n");
            }
            if (out.checkError()) {
                throw new IOException("cannot write " + file);
            }
        }
    }

    private static String note(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> "\"said \"\"no " + random.nextInt(5000) + "\"\", then left\"";
            case 1, 2 -> "\"lot " + random.nextInt(100_000) + ", shelf " + random.nextInt(90) + "\"";
            case 3 -> "Größe " + random.nextInt(3_000_000);
            default -> "customer number " + random.nextInt(3_000_000);
        };
    }
}
