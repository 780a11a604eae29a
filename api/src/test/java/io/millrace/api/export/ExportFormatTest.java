package io.millrace.api.export;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;

final class ExportFormatTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
                                                                 ''                                | JSON
                                                                 */*                               | JSON
                                                                 application/*                     | JSON
                                                                 application/json                  | JSON
                                                                 application/x-ndjson              | NDJSON
                                                                 text/csv                          | CSV
                                                                 text/*                            | CSV
                                                                 text/csv, application/json;q=0.9  | CSV
                                                                 text/csv;q=0.1, */*;q=0.2         | JSON
                                                                 application/json;q=0, */*         | NDJSON
                                                                 text/html, */*;q=0.8              | JSON
                                                                 text/html                         | none
                                                                 application/json;q=0              | none
                                                                 """)
    void isWhatTheClientLikesBest(String accept, ExportFormat expected) {
        assertThat(ExportFormat.liked(MediaType.parseMediaTypes(accept)).orElse(null)).isEqualTo(expected);
    }
}
