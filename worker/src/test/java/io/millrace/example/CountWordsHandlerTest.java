package io.millrace.example;

import org.junit.jupiter.api.Test;

import io.millrace.jobs.testing.PerformJob;

import static org.assertj.core.api.Assertions.assertThat;

class CountWordsHandlerTest {

    @Test
    void countsWords() throws Exception {
        var counted = PerformJob.with(new CountWordsHandler()).run(new CountWords("to be or not to be"));

        assertThat(counted).isEqualTo(new CountWords.Counted(6));
    }
}
