package io.millrace.worker.http;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SignaturesTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final Instant AT = Instant.ofEpochSecond(1614265330);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    /** The vector that the standard's own libraries are tested with. */
    @Test
    void areThoseOfTheStandard() {
        assertThat(new Signatures(List.of(SECRET)).headers(ID, AT, BODY)).isEqualTo(
                Map.of("webhook-id", ID, "webhook-timestamp", "1614265330", "webhook-signature", SIGNATURE));
    }

    @Test
    void areOneForEachSecretTheNewestFirst() {
        var newer = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
        var alone = new Signatures(List.of(newer)).headers(ID, AT, BODY).get("webhook-signature");

        assertThat(new Signatures(List.of(newer, SECRET)).headers(ID, AT, BODY))
                .containsEntry("webhook-signature", alone + " " + SIGNATURE);
        assertThat(alone).isNotEqualTo(SIGNATURE);
    }

    @Test
    void areNotMadeWithoutASecret() {
        assertThat(new Signatures(List.of()).headers(ID, AT, BODY)).containsOnlyKeys("webhook-id", "webhook-timestamp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS",
            "whsec_c2hvcnQ=", "whsec_", "whsec_MfKQ9r8GKYqrTwjU*D8ILPZIo2LaLaSw"})
    void needASecretThatIsOneAndRepeatNothingOfIt(String wrong) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Signatures(List.of(SECRET, wrong)))
                .withMessage("millrace.http-call.signing-secrets[1] must be whsec_ and the base64 of 24 to 64 bytes")
                .withNoCause();
    }
}
