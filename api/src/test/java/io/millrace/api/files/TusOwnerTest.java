package io.millrace.api.files;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** An upload is its creator's, until it is a file. */
class TusOwnerTest {

    private static final String BYTES = "application/offset+octet-stream";

    @SuppressWarnings("NullAway.Init")
    private static ApiUnderTest api;

    @BeforeAll
    static void start() {
        api = ApiUnderTest.start("millrace.api.open=false", "millrace.api.keys=one,two");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void isNotThereForAnotherKey() {
        String upload = api.post("/files/tus", "", headers("one", "Upload-Length", "3")).header("Location");

        assertThat(api.patch(upload, "abc", headers("two", "Content-Type", BYTES, "Upload-Offset", "0")).status())
                .isEqualTo(404);
        assertThat(api.delete(upload, headers("two")).status()).isEqualTo(404);
        Answer mine = api.patch(upload, "abc", headers("one", "Content-Type", BYTES, "Upload-Offset", "0"));

        assertThat(mine.status()).as(mine.body()).isEqualTo(204);
        assertThat(api.get(mine.header("Millrace-File"), headers("two")).status()).isEqualTo(200);
    }

    @Test
    void needsAKeyAndSaysItsVersionAllTheSame() {
        Answer answer = api.post("/files/tus", "", "Tus-Resumable", "1.0.0", "Upload-Length", "3");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Tus-Resumable")).isEqualTo("1.0.0");
    }

    private static String[] headers(String key, String... more) {
        String[] all = new String[more.length + 4];
        all[0] = "Authorization";
        all[1] = "Bearer " + key;
        all[2] = "Tus-Resumable";
        all[3] = "1.0.0";
        System.arraycopy(more, 0, all, 4, more.length);
        return all;
    }
}
