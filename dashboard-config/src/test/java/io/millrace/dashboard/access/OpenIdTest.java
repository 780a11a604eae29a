package io.millrace.dashboard.access;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.millrace.dashboard.DashboardProcess;
import io.millrace.dashboard.Visitor;
import io.millrace.jobs.OperatorActions;
import io.millrace.testkit.FreePort;

import static org.assertj.core.api.Assertions.assertThat;

/** People sign in with an OpenID provider; it is down while the dashboard starts. */
class OpenIdTest {

    private static DashboardProcess process;
    private static int port;

    private Visitor visitor;
    private OpenIdProvider provider;

    @BeforeAll
    static void startWithoutTheProvider() {
        port = FreePort.find();
        String client = "--spring.security.oauth2.client.registration.house.";
        process = DashboardProcess.start("--millrace.dashboard.password=", client + "client-id=dashboard",
                client + "client-secret=not-told", client + "client-name=The house", client + "scope=openid",
                "--spring.security.oauth2.client.provider.house.issuer-uri=http://127.0.0.1:" + port,
                "--spring.security.oauth2.client.provider.house.user-name-attribute=preferred_username",
                "--millrace.dashboard.oidc.role-claim=realm_access.roles",
                "--millrace.dashboard.oidc.operator-values=ops,admins",
                "--millrace.dashboard.oidc.viewer-values=staff");
    }

    @AfterAll
    static void stop() {
        process.close();
    }

    @BeforeEach
    void startTheProvider() throws Exception {
        visitor = process.visitor("10.50.0.1");
        provider = OpenIdProvider.start(port);
    }

    @AfterEach
    void leave() {
        visitor.close();
        provider.close();
    }

    @Test
    void makesOperatorsOfThoseWhoseClaimSaysSo() throws Exception {
        assertThat(signInAs("grace", List.of("staff", "admins"))).isEqualTo("/");

        assertThat(visitor.get("/queues").body()).contains("grace", "operator");
        assertThat(visitor.change("DELETE", "/api/recurring-jobs/none").statusCode()).isEqualTo(404);
        assertThat(process.bean(OperatorActions.class).newest(null, 1)).singleElement()
                .satisfies(row -> assertThat(row.who()).isEqualTo("house:grace"));
    }

    @Test
    void makesViewersOfThoseWhoseClaimSaysThat() throws Exception {
        assertThat(signInAs("vera", "staff")).isEqualTo("/");

        assertThat(visitor.get("/queues").body()).contains("vera", "viewer");
        assertThat(visitor.change("DELETE", "/api/recurring-jobs/none").statusCode()).isEqualTo(403);
    }

    @Test
    void turnsAwayWhoHasNoRoleHereAndSaysSo() throws Exception {
        String answer = signInAs("eve", List.of("interns"));

        assertThat(answer).isEqualTo("/login?norole");
        assertThat(visitor.get(answer).body()).contains("may neither see nor change anything here", "The house");
        assertThat(visitor.get("/queues").statusCode()).isEqualTo(302);
    }

    @Test
    void offersNoPasswordWhereNobodyHasOne() throws Exception {
        assertThat(visitor.get("/login").body()).contains("Sign in with The house", "/oauth2/authorization/house")
                .doesNotContain("type=\"password\"");
    }

    @Test
    void signsOutAtTheProviderToo() throws Exception {
        signInAs("grace", List.of("admins"));

        var page = visitor.get("/queues");
        var left = visitor.post("/logout", page.body(), Map.of());

        assertThat(left.headers().firstValue("Location").orElse("")).startsWith(provider.issuer() + "/leave?");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("form-action 'self' " + provider.issuer());
    }

    @Test
    void saysThatTheProviderIsAway() throws Exception {
        provider.close();
        try (var another = DashboardProcess.start("--millrace.dashboard.oidc.viewer-values=staff",
                "--spring.security.oauth2.client.registration.gone.client-id=dashboard",
                "--spring.security.oauth2.client.registration.gone.scope=openid",
                "--spring.security.oauth2.client.provider.gone.issuer-uri=http://127.0.0.1:" + port);
                var somebody = another.visitor("10.50.0.2")) {
            var answer = somebody.get("/oauth2/authorization/gone");

            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/login?elsewhere");
            assertThat(somebody.signIn("operator", DashboardProcess.PASSWORD).headers().firstValue("Location")
                    .orElse("")).as("passwords work meanwhile").endsWith("/");
        }
    }

    private String signInAs(String name, Object roles) throws Exception {
        provider.says(Map.of("preferred_username", name, "realm_access", Map.of("roles", roles)));
        var there = visitor.get("/oauth2/authorization/house");
        assertThat(location(there)).startsWith(provider.issuer() + "/authorize?");
        var back = visitor.http().send(HttpRequest.newBuilder(URI.create(location(there))).build(),
                HttpResponse.BodyHandlers.ofString());
        var signedIn = visitor.http().send(HttpRequest.newBuilder(URI.create(location(back))).build(),
                HttpResponse.BodyHandlers.ofString());
        return location(signedIn).replaceFirst("^http://127\\.0\\.0\\.1:" + process.port(), "");
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("none: " + answer.statusCode());
    }
}
