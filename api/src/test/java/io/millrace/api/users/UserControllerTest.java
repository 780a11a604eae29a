package io.millrace.api.users;

import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;

final class UserControllerTest {

    private static final String SOMEBODY = "/users/" + UUID.randomUUID();

    private final ApiUnderTest api = ApiUnderTest.shared();

    @Test
    void registersAUser() {
        Answer answer = register("ada@example.com", "Zoë Ångström");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().propertyNames()).containsExactly("id", "email", "fullName", "createdAt",
                "welcomeJobId");
        assertThat(answer.header("Location")).isEqualTo("/users/" + answer.json().path("id").asString());
        assertThat(answer.json().path("email").asString()).isEqualTo("ada@example.com");
        assertThat(answer.json().path("fullName").asString()).isEqualTo("Zoë Ångström");
        assertThat(answer.json().path("createdAt").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    }

    @Test
    void queuesTheWelcomeMailOfANewUser() {
        String jobId = register("welcome@example.com", "Ada").json().path("welcomeJobId").asString();

        Answer job = api.get("/jobs/" + jobId);

        assertThat(job.status()).isEqualTo(200);
        assertThat(job.json().path("type").asString()).isEqualTo("send-welcome-email");
        assertThat(job.json().path("state").asString()).isEqualTo("ENQUEUED");
    }

    @Test
    void acceptsATrailingSlashOnTheCollection() {
        assertThat(api.post("/users/", json("slash@example.com", "李小龍")).status()).isEqualTo(201);
    }

    @Test
    void answersAUser() {
        String location = register("read@example.com", "Ada").header("Location");

        Answer answer = api.get(location);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().propertyNames()).containsExactly("id", "email", "fullName", "createdAt", "version");
        assertThat(answer.json().path("version").asInt()).isEqualTo(1);
    }

    @Test
    void refusesATakenAddressInAnyCase() {
        register("taken@example.com", "Ada");

        Answer answer = register("TAKEN@Example.com", "Eve");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("type").asString()).isEqualTo("/problems/email-taken");
        assertThat(answer.errorFields()).containsExactly("email");
        assertThat(answer.body()).doesNotContainIgnoringCase("taken@example.com");
    }

    @Test
    void changesWhatIsGivenAndRaisesTheVersion() {
        String location = register("change@example.com", "Ada").header("Location");

        Answer renamed = api.patch(location, "{\"fullName\": \"Ada Lovelace\"}");
        Answer moved = api.patch(location, "{\"email\": \"moved@example.com\"}");

        assertThat(renamed.status()).isEqualTo(200);
        assertThat(renamed.json().path("email").asString()).isEqualTo("change@example.com");
        assertThat(renamed.json().path("version").asInt()).isEqualTo(2);
        assertThat(moved.json().path("fullName").asString()).isEqualTo("Ada Lovelace");
        assertThat(moved.json().path("email").asString()).isEqualTo("moved@example.com");
        assertThat(moved.json().path("version").asInt()).isEqualTo(3);
        assertThat(api.get(location).json()).isEqualTo(moved.json());
    }

    @Test
    void letsAUserChangeTheCaseOfTheirOwnAddress() {
        String location = register("case@example.com", "Ada").header("Location");

        assertThat(api.patch(location, "{\"email\": \"Case@example.com\"}").status()).isEqualTo(200);
    }

    @Test
    void refusesToChangeToATakenAddress() {
        register("first@example.com", "Ada");
        String location = register("second@example.com", "Eve").header("Location");

        Answer answer = api.patch(location, "{\"email\": \"First@example.com\", \"fullName\": \"Mallory\"}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.errorFields()).containsExactly("email");
        assertThat(api.get(location).json().path("fullName").asString()).isEqualTo("Eve");
    }

    @Test
    void deletesAUser() {
        String location = register("delete@example.com", "Ada").header("Location");

        assertThat(api.delete(location).status()).isEqualTo(204);
        assertThat(api.get(location).status()).isEqualTo(404);
        assertThat(api.delete(location).status()).isEqualTo(404);
    }

    @Test
    void freesTheAddressOfADeletedUser() {
        api.delete(register("again@example.com", "Ada").header("Location"));

        assertThat(register("again@example.com", "Ada").status()).isEqualTo(201);
    }

    @Test
    void knowsNoUserOfAnUnknownOrMalformedId() {
        for (String path : new String[]{SOMEBODY, "/users/not-an-id", "/users/%00", "/users/" + "9".repeat(400)}) {
            assertProblem(api.get(path), path);
            assertProblem(api.delete(path), path);
            assertProblem(api.patch(path, "{\"fullName\": \"Ada\"}"), path);
        }
    }

    private static void assertProblem(Answer answer, String path) {
        assertThat(answer.status()).as(path).isIn(404, 400);
        assertThat(answer.header("Content-Type")).as(path).isEqualTo("application/problem+json");
    }

    private Answer register(String email, String fullName) {
        return api.post("/users", json(email, fullName));
    }

    private static String json(String email, String fullName) {
        return "{\"email\": \"%s\", \"fullName\": \"%s\"}".formatted(email, fullName);
    }
}
