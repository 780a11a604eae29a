package io.millrace.jobs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JobPositionTest {

    @Test
    void isReadBackFromItsText() {
        var position = JobPosition.START.withVersion(12).withProgress(4, new JobStatus.Progress(0, Long.MAX_VALUE))
                .withLine(9, 3).withLine(2, 40).withLine(9, 4);

        assertThat(position).hasToString("12_4-0-9223372036854775807.2-40.9-4");
        assertThat(JobPosition.parse(position.toString())).contains(position);
        assertThat(JobPosition.parse(JobPosition.START.toString())).contains(JobPosition.START);
    }

    @Test
    void remembersTheNewestRuns() {
        var position = JobPosition.START.withLine(1, 1).withLine(3, 1).withLine(5, 1).withLine(7, 2);

        assertThat(position.lines()).extracting(JobPosition.Line::run).containsExactly(3, 5, 7);
        assertThat(position.opening()).isEqualTo(position.lines());
        assertThat(JobPosition.START.withLine(3, 1).opening()).extracting(JobPosition.Line::run).containsExactly(0, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1.2", "1.2-3.2-4", "1.3-1.2-1", "1_2-3", "1.1-1.2-1.3-1.4-1", "9999999999",
            "1 ", "1_1-1-99999999999999999999"})
    void isNoneWhereItIsNotOfItsForm(String text) {
        assertThat(JobPosition.parse(text)).isEmpty();
    }
}
