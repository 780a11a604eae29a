package io.millrace.dashboard.access;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.dashboard.Visitor;

import static io.millrace.dashboard.DashboardProcess.PASSWORD;
import static io.millrace.dashboard.Visitor.basic;
import static io.millrace.dashboard.access.People.PROCESS;
import static io.millrace.dashboard.access.People.VIEWERS;
import static org.assertj.core.api.Assertions.assertThat;

/** Who gets in by which way, and who does not. Each test comes from an address of its own. */
class DoorTest {

    private final String address = People.nextAddress();
    private final Visitor visitor = PROCESS.visitor(address);

    @AfterEach
    void leave() {
        visitor.close();
    }

    @Test
    void leadsPeopleToTheFormAndFromThereToWhereTheyWanted() throws Exception {
        var turnedAway = visitor.get("/audit");
        assertThat(turnedAway.statusCode()).isEqualTo(302);
        assertThat(location(turnedAway)).isEqualTo("/login");

        var signedIn = visitor.signIn("operator", PASSWORD);

        assertThat(signedIn.statusCode()).isEqualTo(302);
        assertThat(location(signedIn)).isEqualTo("/audit");
        assertThat(visitor.get("/audit").body()).contains("<h1>Audit</h1>", "operator", "Sign out");
        assertThat(visitor.get("/login").statusCode()).as("no need to sign in twice").isEqualTo(302);
    }

    @Test
    void showsJobRunrsPageBehindTheSameDoor() throws Exception {
        visitor.signIn("vera", VIEWERS);

        var page = visitor.get("/dashboard/overview");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>JobRunr</title>", "href=\"/audit\"");
        assertThat(visitor.get("/elsewhere").statusCode()).isEqualTo(404);
        assertThat(visitor.get("/sse/elsewhere").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/queues", "/audit", "/dashboard", "/dashboard/overview",
            "/dashboard/static/js/none.js",
            "/api/jobs", "/api/version", "/sse/jobstats", "/actuator/prometheus", "/error"})
    void asksProgramsForAPasswordEverywhere(String path) throws Exception {
        var answer = visitor.send(visitor.request(path));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic realm=");
        assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
        assertThat(answer.body()).doesNotContain("JobRunr").hasLineCount(1);
    }

    @Test
    void makesNoBrowserAskWithABoxOfItsOwn() throws Exception {
        var answer = visitor.send(visitor.request("/api/version").header("Sec-Fetch-Mode", "cors"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().map()).doesNotContainKey("www-authenticate");
    }

    @Test
    void letsProgramsInByBasicAuthenticationWithoutASession() throws Exception {
        var answer = visitor.send(visitor.request("/api/version").header("Authorization", basic("vera", VIEWERS)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"allowAnonymousDataUsage\":false");
        assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(cookie -> cookie.contains("millrace-dashboard"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic !!!", "Bearer swordfish-and-salt", "Basic b3BlcmF0b3I6",
            "Basic b3BlcmF0b3I6c3dvcmRmaXNoLWFuZC1zYWx0eQ=="})
    void turnsWrongCredentialsAway(String authorization) throws Exception {
        var answer = visitor.send(visitor.request("/api/version").header("Authorization", authorization));

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void letsManyOfAProgramsRequestsInAtOnce() {
        var request = visitor.request("/api/version").header("Authorization", basic("vera", VIEWERS)).build();

        var answers = IntStream.range(0, 8)
                .mapToObj(_ -> visitor.http().sendAsync(request, HttpResponse.BodyHandlers.discarding())).toList();

        assertThat(answers).extracting(answer -> answer.join().statusCode()).containsOnly(200);
    }

    @Test
    void saysThatNameOrPasswordIsWrongAndNotWhich() throws Exception {
        String existing = location(visitor.signIn("operator", "wrong"));
        String other = location(visitor.signIn("nobody", "wrong"));

        assertThat(existing).isEqualTo("/login?failed").isEqualTo(other);
        assertThat(visitor.get(existing).body()).contains("Wrong name or password.");
    }

    @Test
    void looksAtNoFurtherPasswordForAWhileAfterFiveWrongOnes() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(location(visitor.signIn("ghost", "wrong"))).isEqualTo("/login?failed");
        }

        String answer = location(visitor.signIn("ghost", PASSWORD));
        var toProgram = visitor.send(
                visitor.request("/api/version").header("Authorization", basic("ghost", PASSWORD)));

        assertThat(answer).startsWith("/login?wait=");
        assertThat(visitor.get(answer).body()).contains("Too many failed attempts: try again in");
        assertThat(toProgram.statusCode()).isEqualTo(429);
        assertThat(toProgram.headers().firstValue("Retry-After").orElse("")).matches("[1-6]?\\d");
        try (var other = PROCESS.visitor(address + "0")) {
            assertThat(location(other.signIn("operator", PASSWORD))).as("from elsewhere").isEqualTo("/");
        }
    }

    @Test
    void givesAnotherSessionWhenSomebodySignsInAndEndsItWhenTheyLeave() throws Exception {
        var signedIn = visitor.signIn("vera", VIEWERS);
        String cookie = signedIn.headers().allValues("Set-Cookie").stream()
                .filter(each -> each.startsWith("millrace-dashboard=")).findFirst().orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax").doesNotContain("Secure");

        var left = visitor.post("/logout", visitor.get("/queues").body(), Map.of());

        assertThat(location(left)).isEqualTo("/login?out");
        assertThat(visitor.get("/queues").statusCode()).isEqualTo(302);
        var old = visitor.send(visitor.request("/queues").header("Cookie", cookie.split(";", -1)[0]));
        assertThat(old.statusCode()).as("the session is gone, not only its cookie").isEqualTo(401);
    }

    @Test
    void bindsEveryPageToItsOwnOrigin() throws Exception {
        visitor.signIn("operator", PASSWORD);

        for (String path : new String[]{"/queues", "/dashboard", "/api/version", "/audit"}) {
            var headers = visitor.get(path).headers();
            assertThat(headers.allValues("Content-Security-Policy")).as(path).anySatisfy(policy -> assertThat(policy)
                    .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'",
                            "frame-ancestors 'none'", "form-action"));
            assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
            assertThat(String.join(",", headers.allValues("Cache-Control"))).as(path).contains("no-store");
        }
        assertThat(visitor.get("/queues").headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("form-action 'self'").doesNotContain("unsafe");
        assertThat(visitor.get("/dashboard/static/js/none.js").headers().allValues("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("none")
                .replaceFirst("^http://127\\.0\\.0\\.1:" + PROCESS.port(), "");
    }
}
