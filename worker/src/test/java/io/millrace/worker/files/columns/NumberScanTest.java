package io.millrace.worker.files.columns;

import java.util.Random;

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

    private static String text(Random random, int kind) {
        return switch (kind) {
            case 0 -> Long.toString(random.nextLong() >> random.nextInt(64));
            case 1 -> Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(-20, 20)));
            case 2 -> random.nextInt(100_000) + "." + random.nextLong(Long.MAX_VALUE);
            default -> "-." + random.nextInt(1_000_000);
        };
    }
}
