package io.millrace.api.compression;

import java.util.EnumSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

final class AcceptedCodingTest {

    private static final Set<ContentCoding> ALL = EnumSet.allOf(ContentCoding.class);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            gzip                             | GZIP
                                            x-gzip                           | GZIP
                                            GZip                             | GZIP
                                            br                               | BROTLI
                                            zstd                             | ZSTD
                                            gzip, deflate, br, zstd          | ZSTD
                                            gzip, deflate, br                | BROTLI
                                            gzip;q=0.8, br;q=0.8             | BROTLI
                                            gzip;q=1.0, br;q=0.5, zstd;q=0.9 | GZIP
                                            gzip ; Q=0.2 , br ; q=0.1        | GZIP
                                            *                                | ZSTD
                                            *;q=0.5, gzip                    | GZIP
                                            *;q=0.5, zstd;q=0                | BROTLI
                                            zstd;q=0, br;q=0, *              | GZIP
                                            identity;q=0.5, gzip;q=0.5       | GZIP
                                            identity, gzip                   | GZIP
                                            gzip;q=0.001                     | GZIP
                                            identity;q=0, br                 | BROTLI
                                            gzip;q=2, br                     | BROTLI
                                            ,, br,                           | BROTLI
                                            """)
    void choosesTheCodingThatIsLikedBest(String header, ContentCoding expected) {
        assertThat(AcceptedCoding.of(header, ALL).coding()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "absent", textBlock = """
                                                                   absent
                                                                   ''
                                                                   identity
                                                                   deflate
                                                                   gzip;q=0
                                                                   gzip;q=0.000
                                                                   *;q=0
                                                                   identity;q=1, gzip;q=0.9
                                                                   identity;q=0.5, *;q=0.4
                                                                   gzip;q=x
                                                                   gzip;q=1.5
                                                                   gzip;quality=1
                                                                   """)
    void leavesTheContentAsItIsWhereNoCodingIsLiked(String header) {
        assertThat(AcceptedCoding.of(header, ALL).coding()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            identity;q=0, gzip | true
                                            *;q=0, gzip        | true
                                            *;q=0, identity    | false
                                            identity;q=0.1, br | false
                                            gzip               | false
                                            *                  | false
                                            """)
    void knowsWhetherThePlainContentIsRuledOut(String header, boolean refused) {
        assertThat(AcceptedCoding.of(header, ALL).plainRefused()).isEqualTo(refused);
    }

    @Test
    void choosesOnlyWhatIsOffered() {
        var gzipOnly = EnumSet.of(ContentCoding.GZIP);

        assertThat(AcceptedCoding.of("zstd, br, gzip;q=0.1", gzipOnly).coding()).isEqualTo(ContentCoding.GZIP);
        assertThat(AcceptedCoding.of("zstd, br", gzipOnly).coding()).isNull();
    }
}
