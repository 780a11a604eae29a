package io.millrace.worker.files.columns;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NumberScanTest {

    @Test
    void readsEveryNumberAsJavaDoes() {
        var random = new Random(7);
        var scan = new NumberScan();
        for (int i = 0; i < 200_000; i++) {
            String text = text(random, i % 4);

            assertThat(scan.scan(text.toCharArray(), 0, text.length())).as(text).isTrue();
            assertThat(scan.value()).as(text).isEqualTo(Double.parseDouble(text));
        }
    }

    @Test
    void agreesWithTheScanOfPlainBytesWhereverThatReadsANumber() {
        var random = new Random(8);
        var scan = new NumberScan();
        var plain = new PlainNumberScan();
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            String text = random.nextInt(3) == 0 ? characters(random) : text(random, i % 4);
            byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), text.length() + Eight.PADDING);
            Arrays.fill(bytes, text.length(), bytes.length, (byte) "0.,x".charAt(i % 4));
            if (plain.scan(bytes, 0, text.length())) {
                read++;
                assertThat(scan.scan(text.toCharArray(), 0, text.length())).as(text).isTrue();
                assertThat(plain.value()).as(text).isEqualTo(scan.value());
                assertThat(plain.isInteger()).as(text).isEqualTo(scan.isInteger());
            }
        }
        assertThat(read).isGreaterThan(50_000);
    }

    private static String characters(Random random) {
        return random.ints(1 + random.nextInt(17), 0, 16).mapToObj(i -> "" + "0123456789.-+e:/".charAt(i))
                .collect(Collectors.joining());
    }

    private static String text(Random random, int kind) {
        return switch (kind) {
            case 0 -> Long.toString(random.nextLong() >> random.nextInt(64));
            case 1 -> Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(-20, 20)));
            case 2 -> random.nextInt(100_000) + "." + random.nextLong(Long.MAX_VALUE);
            default -> "-." + random.nextInt(1_000_000);
        };
    }
}
