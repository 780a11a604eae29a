package io.millrace.core.files;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DetectedTypeTest {

    @ParameterizedTest
    @CsvSource({"'%PDF-1.7', application/pdf, application/pdf", //
            "'%PDF-1.7', image/png, application/pdf", //
            "'%PDF-1.7',, application/pdf", //
            "'name,age', text/csv;charset=utf-8, text/csv", //
            "'name,age', image/png, text/plain", //
            "'name,age',, text/plain", //
            "'<html><body>', text/plain, text/html", //
            "'PK\u0003\u0004', application/vnd.openxmlformats-officedocument.wordprocessingml.document,"
                    + "application/vnd.openxmlformats-officedocument.wordprocessingml.document", //
            "'\u0000\u0001\u0002', image/png, application/octet-stream", //
            "'', text/csv, text/csv", //
            "'',, application/octet-stream"})
    void believesTheContentAndTheClientWhereItSaysMoreOfTheSame(String head, @Nullable String declared,
            String detected) {
        assertThat(DetectedType.of(head.getBytes(StandardCharsets.ISO_8859_1), declared)).isEqualTo(detected);
    }
}
