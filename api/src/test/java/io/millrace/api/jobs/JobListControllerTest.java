package io.millrace.api.jobs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;

final class JobListControllerTest {

    private final ApiUnderTest api = ApiUnderTest.shared();
    private final String label = "t:" + UUID.randomUUID();

    @Test
    void showsEachJobOnceNewestFirstWhileOthersCome() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.add(enqueue(""));
        }

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = api.get("/jobs?label=" + label + "&limit=3" + cursor);
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            page.json().path("data").forEach(job -> seen.add(job.path("id").asString()));
            cursor = "&cursor=" + page.json().path("pagination").path("nextCursor").asString("");
            enqueue("");
        } while (!cursor.equals("&cursor="));

        Collections.reverse(ids);
        assertThat(seen).isEqualTo(ids);
    }

    @Test
    void looksLikeTheJobItselfWithoutItsResult() {
        String id = enqueue(", \"queue\": \"listed\"");

        Answer page = api.get("/jobs?queue=listed&type=profile-file&state=ENQUEUED&label=" + label);

        assertThat(page.json().path("data").size()).isEqualTo(1);
        assertThat(page.json().path("data").get(0)).isEqualTo(api.get("/jobs/" + id).json());
        assertThat(api.get("/jobs?state=FAILED&label=" + label).json().path("data").size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"state,enqueued", "state,AWAITING", "state,%20", "type,%00", "queue,a%0Ab", "label,", "label,a%20b",
            "limit,0",
            "limit,101", "cursor,x"})
    void namesAParameterThatIsNone(String name, String value) {
        Answer answer = api.get("/jobs?" + name + "=" + (value == null ? "" : value));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.errorFields()).containsExactly(name);
    }

    @Test
    void refusesTheCursorOfAnotherFilter() {
        enqueue("");
        enqueue("");
        String cursor = api.get("/jobs?limit=1&label=" + label).json().path("pagination").path("nextCursor").asString();

        assertThat(api.get("/jobs?limit=1&label=" + label + "&cursor=" + cursor).status()).isEqualTo(200);
        assertThat(api.get("/jobs?limit=1&cursor=" + cursor).errorFields()).containsExactly("cursor");
        assertThat(api.get("/posts?limit=1&cursor=" + cursor).errorFields()).containsExactly("cursor");
    }

    private String enqueue(String options) {
        Answer answer = api.post("/jobs", """
                                          {"type": "profile-file", "payload": {"fileId": "%s"}, "labels": ["%s"]%s}
                                          """.formatted(UUID.randomUUID(), label, options));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return answer.json().path("id").asString();
    }
}
