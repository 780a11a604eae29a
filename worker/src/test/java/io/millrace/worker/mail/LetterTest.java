package io.millrace.worker.mail;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.jobs.PermanentFailure;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LetterTest {

    @ParameterizedTest
    @ValueSource(strings = {"Lunch\r\nBcc: bob@example.org", "Lunch\nBcc: bob@example.org", "Lunch\rX: y", "a\0b"})
    void refusesASubjectThatWouldAddAHeader(String subject) {
        var ann = Recipient.of("ann@example.org", null);

        assertThatExceptionOfType(PermanentFailure.class).isThrownBy(() -> new Letter(ann, subject, "text", null))
                .withMessage("the subject is not one line without control characters");
    }
}
