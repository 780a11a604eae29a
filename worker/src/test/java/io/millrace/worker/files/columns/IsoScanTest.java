package io.millrace.worker.files.columns;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IsoScanTest {

    private static final String[] PATTERNS = {"2012-01-31", "2000-02-29", "1900-02-29", "2011-12-31T23:59:59",
            "0000-01-01 00:00:00Z", "9999-10-10T10:10:10.123456789", "2012-06-30T12:00:00.5Z"};

    @Test
    void agreesWithTheScanOfAllMomentsWhereverItReadsOne() {
        var random = new Random(9);
        var all = new MomentScan();
        var iso = new IsoScan();
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            char[] text = PATTERNS[i % PATTERNS.length].toCharArray();
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                text[random.nextInt(text.length)] = "0123456789-:T Z.x".charAt(random.nextInt(17));
            }
            byte[] bytes = new String(text).getBytes(StandardCharsets.US_ASCII);
            if (iso.scan(Arrays.copyOf(bytes, bytes.length + Eight.PADDING), 0, bytes.length)) {
                read++;
                assertThat(all.scan(text, 0, text.length)).as(new String(text)).isTrue();
                assertThat(iso.moment()).as(new String(text)).isEqualTo(all.monthFirst()).isEqualTo(all.dayFirst());
                assertThat(iso.withTime()).isEqualTo(all.withTime());
            }
        }
        assertThat(read).isGreaterThan(50_000);
    }
}
