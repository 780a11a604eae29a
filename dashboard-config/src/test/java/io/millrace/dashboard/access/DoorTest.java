package io.millrace.dashboard.access;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.dashboard.DashboardProcess;
import io.millrace.dashboard.Visitor;

import static io.millrace.dashboard.DashboardProcess.PASSWORD;
import static io.millrace.dashboard.Visitor.basic;
import static org.assertj.core.api.Assertions.assertThat;

/** Who gets in by which way, and who does not. Each test comes from an address of its own. */
class DoorTest {

    private static final String VIEWERS = "look-but-do-not-touch";
    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    private static DashboardProcess process;

    private final String address = "10.20.0." + ADDRESSES.incrementAndGet();
    private final Visitor visitor = process.visitor(address);

    @BeforeAll
    static void start() {
        process = DashboardProcess.start("--millrace.dashboard.trusted-proxies=127.0.0.1",
                "--millrace.dashboard.users[0].name=vera", "--millrace.dashboard.users[0].role=viewer",
                "--millrace.dashboard.users[0].password=" + new PasswordHashes().hashed(VIEWERS));
    }

    @AfterAll
    static void stop() {
        process.close();
    }

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
        assertThat(page.body()).contains("<title>JobRunr</title>");
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
    void saysThatNameOrPasswordIsWrongAndNotWhich() throws Exception {
        String existing = location(visitor.signIn("operator", "wrong"));
        String other = location(visitor.signIn("nobody", "wrong"));

        assertThat(existing).isEqualTo("/login?failed").isEqualTo(other);
        assertThat(visitor.get(existing).body()).contains("Wrong name or password.");
    }

    @Test
    void looksAtNoFurtherPasswordForAWhileAfterFiveWrongOnes() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(location(visitor.signIn("somebody-" + i, "wrong"))).isEqualTo("/login?failed");
        }

        String answer = location(visitor.signIn("operator", PASSWORD));
        var toProgram = visitor.send(
                visitor.request("/api/version").header("Authorization", basic("operator", PASSWORD)));

        assertThat(answer).startsWith("/login?wait=");
        assertThat(visitor.get(answer).body()).contains("Too many failed attempts: try again in");
        assertThat(toProgram.statusCode()).isEqualTo(429);
        assertThat(toProgram.headers().firstValue("Retry-After").orElse("")).matches("[1-5]");
        try (var other = process.visitor(address + "0")) {
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

    @ParameterizedTest
    @CsvSource({"DELETE, /api/jobs/0190f5a2-0000-7000-8000-000000000000",
            "POST, /api/jobs/0190f5a2-0000-7000-8000-000000000000/requeue", "DELETE, /api/recurring-jobs/none",
            "POST, /api/recurring-jobs/none/trigger", "DELETE, /api/problems/none", "POST, /queues/mail/pause",
            "PUT, /queues", "PATCH, /anything", "POST, /dashboard", "POST, /sse/jobstats", "OPTIONS, /queues"})
    void letsViewersChangeNothing(String method, String path) throws Exception {
        visitor.signIn("vera", VIEWERS);

        var answer = method.equals("POST") && !path.startsWith("/api")
                ? visitor.post(path, visitor.get("/queues").body(), Map.of())
                : visitor.change(method, path);

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void tellsViewersWhy() throws Exception {
        visitor.signIn("vera", VIEWERS);

        assertThat(visitor.change("DELETE", "/api/recurring-jobs/none").body())
                .isEqualTo("Only operators may change anything: you are signed in as a viewer.\n");
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site, cross-site", "Sec-Fetch-Site, same-site", "Sec-Fetch-Site, none",
            "Origin, https://evil.example", "Origin, null", "Origin, http://127.0.0.1", "X-None, none"})
    void refusesChangesOfOtherSitesPages(String header, String value) throws Exception {
        for (String method : new String[]{"POST", "DELETE", "PUT", "PATCH"}) {
            var answer = visitor.send(visitor.request("/api/recurring-jobs/none")
                    .header("Authorization", basic("operator", PASSWORD)).header(header, value)
                    .method(method, BodyPublishers.noBody()));
            assertThat(answer.statusCode()).as(method).isEqualTo(403);
            assertThat(answer.body()).contains("the dashboard's own pages");
        }
    }

    @Test
    void letsOperatorsChangeThingsFromItsOwnPages() throws Exception {
        visitor.signIn("operator", PASSWORD);

        assertThat(visitor.change("DELETE", "/api/recurring-jobs/none").statusCode())
                .as("asked JobRunr, which has no such job").isEqualTo(404);
        var bySite = visitor.request("/api/recurring-jobs/none").DELETE().header("Sec-Fetch-Site", "same-origin");
        assertThat(visitor.send(bySite).statusCode()).isEqualTo(404);
    }

    @Test
    void refusesAFormWithoutTheTokenOfItsPage() throws Exception {
        visitor.signIn("operator", PASSWORD);

        var answer = visitor.post("/logout", "a page without a token", Map.of());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("This page is out of date");
        assertThat(visitor.get("/queues").statusCode()).as("still signed in").isEqualTo(200);
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

    @ParameterizedTest
    @ValueSource(strings = {"/dashboard/static/../../../../../../application.yml",
            "/dashboard/static/%2e%2e/%2e%2e/%2e%2e/application.yml", "/dashboard/static/..%5capplication.yml",
            "/api/%2e%2e/dashboard", "/api//jobs", "/api/./jobs", "/dashboard/%252e%252e/x", "/api/jobs;x=y",
            "/sse/../api/jobs", "/dashboard/a%00b", "/dashboard/a%0d%0ab", "http://example.org/api/jobs@127.0.0.1"})
    void refusesCrookedPaths(String path) throws Exception {
        assertThat(statusLine("GET " + path + " HTTP/1.1", "127.0.0.1",
                "Authorization: " + basic("operator", PASSWORD)))
                .matches("HTTP/1.1 (400|404)\\b.*");
    }

    @Test
    void believesATrustedProxyAboutTheAddressTheSchemeAndTheHost() throws Exception {
        var page = visitor.send(visitor.request("/login").header("Accept", "text/html")
                .header("X-Forwarded-Proto", "https").header("X-Forwarded-Host", "ops.example.org"));
        assertThat(page.headers().allValues("Set-Cookie")).isNotEmpty()
                .allSatisfy(cookie -> assertThat(cookie).contains("Secure"));

        var change = visitor.request("/api/recurring-jobs/none").header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "ops.example.org").header("Origin", "https://ops.example.org")
                .header("Authorization", basic("operator", PASSWORD)).DELETE();
        assertThat(visitor.send(change).statusCode()).isEqualTo(404);
    }

    @Test
    void worksUnderAPrefixThatATrustedProxyTakesAway() throws Exception {
        var turnedAway = visitor.send(
                visitor.request("/queues").header("Accept", "text/html").header("X-Forwarded-Prefix", "/ops"));
        var page = visitor.send(
                visitor.request("/login").header("Accept", "text/html").header("X-Forwarded-Prefix", "/ops"));

        assertThat(location(turnedAway)).isEqualTo("/ops/login");
        assertThat(page.body()).contains("href=\"/ops/millrace.css\"", "action=\"/ops/login\"");
    }

    @Test
    void takesTheLastAddressThatNoProxyOfOursHas() throws Exception {
        for (int i = 0; i < 5; i++) {
            var attempt = visitor
                    .send(process.visitor("1.2.3." + i + ", " + address + ", 127.0.0.1").request("/api/version")
                            .header("Authorization", basic("somebody-" + i, "wrong")));
            assertThat(attempt.statusCode()).isEqualTo(401);
        }

        var sixth = visitor.send(visitor.request("/api/version").header("Authorization", basic("vera", VIEWERS)));

        assertThat(sixth.statusCode()).as("what the client writes before is no way around the limit").isEqualTo(429);
    }

    private static String statusLine(String request, String host, String... headers) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), process.port())) {
            String text = request + "\r\nHost: " + host + "\r\nConnection: close\r\n" + String.join("\r\n", headers)
                    + "\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
        }
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("none")
                .replaceFirst("^http://127\\.0\\.0\\.1:" + process.port(), "");
    }
}
