package io.millrace.local;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the examples believe of a webhook. */
class WebhookVerificationTest {

    private static final byte[] KEY = "a key of twenty-four bytes".getBytes(StandardCharsets.UTF_8);
    private static final String PYTHON = """
                                         import os, receive_webhook
                                         for case in os.environ["CASES"].splitlines():
                                             body, at, signatures = case.split("|")
                                             headers = {"webhook-id": "a", "webhook-timestamp": at, "webhook-signature": signatures}
                                             print(receive_webhook.verify(headers, body.encode()), end=" ")
                                         print(receive_webhook.verify({}, b""))
                                         """;
    private static final String JAVASCRIPT = """
                                             import { verify } from "./receive-webhook.mjs";
                                             const believed = process.env.CASES.split("\\n").map((line) => line.split("|")).map(([body, at, signatures]) =>
                                               verify({ "webhook-id": "a", "webhook-timestamp": at, "webhook-signature": signatures }, Buffer.from(body)));
                                             console.log(...believed, verify({}, Buffer.from("")));
                                             """;

    private final long now = Clock.systemUTC().instant().getEpochSecond();

    @Test
    void pythonBelievesWhatIsSignedAndNothingElse() throws Exception {
        verify(List.of("python3", "-c", PYTHON), "docs/examples/python");
    }

    @Test
    void javascriptBelievesWhatIsSignedAndNothingElse() throws Exception {
        verify(List.of("node", "--input-type=module", "-e", JAVASCRIPT), "docs/examples/javascript");
    }

    private void verify(List<String> command, String folder) throws Exception {
        var genuine = signature(now);
        var cases = String.join("\n", "{}|" + now + "|" + genuine, "{}|" + now + "|v1,b2xk " + genuine,
                "{ }|" + now + "|" + genuine, "{}|" + (now + 1) + "|" + genuine, "{}|soon|" + genuine,
                "{}|" + (now - 400) + "|" + signature(now - 400), "{}|" + now + "|v1,é");

        var output = ExampleProgram.run(command, folder, Map.of("CASES", cases, "MILLRACE_SIGNING_SECRET",
                "whsec_" + Base64.getEncoder().encodeToString(KEY)));

        assertThat(output.strip().toLowerCase(Locale.ROOT))
                .isEqualTo("true true false false false false false false");
    }

    private static String signature(long at) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        return "v1," + Base64.getEncoder()
                .encodeToString(mac.doFinal(("a." + at + ".{}").getBytes(StandardCharsets.UTF_8)));
    }
}
