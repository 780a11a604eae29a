package io.millrace.api.jobs;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.millrace.api.ApiUnderTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

final class RevokedFollowerTest {

    private static final String CONFIGURED = "Bearer operators";

    @Test
    void followsNoJobAnyMore() throws Exception {
        try (var client = HttpClient.newHttpClient();
                var api = ApiUnderTest.start("millrace.api.open=false", "millrace.api.keys=operators",
                        "millrace.api.follow.heartbeat=PT0.3S")) {
            var key = api
                    .post("/api-keys", "{\"name\": \"follower\", \"scopes\": [\"read\"]}", "Authorization", CONFIGURED)
                    .json();
            String job = api.post("/jobs", """
                                           {"type": "send-email", "delay": "PT1H",
                                            "payload": {"to": "a@example.com", "subject": "Hello", "text": "Hello"}}
                                           """, "Authorization", CONFIGURED).header("Location");
            var follower = client.sendAsync(events(api, job, "Bearer " + key.path("key").asString()),
                    BodyHandlers.ofString());
            var operator = client.sendAsync(events(api, job, CONFIGURED), BodyHandlers.ofString());
            await().until(() -> api.bean(JobEventsController.class).open() == 2);

            api.delete("/api-keys/" + key.path("id").asString(), "Authorization", CONFIGURED);

            assertThat(follower.get(20, TimeUnit.SECONDS).body()).contains("SCHEDULED");
            await().until(() -> api.bean(JobEventsController.class).open() == 1);
            assertThat(operator).isNotDone();
            assertThat(api.delete(job, "Authorization", CONFIGURED).status()).isEqualTo(204);
            assertThat(operator.get(20, TimeUnit.SECONDS).body()).contains("DELETED");
        }
    }

    private static HttpRequest events(ApiUnderTest api, String job, String authorization) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + job + "/events"))
                .header("Authorization", authorization).build();
    }
}
