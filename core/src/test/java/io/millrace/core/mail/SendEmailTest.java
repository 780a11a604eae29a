package io.millrace.core.mail;

import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import jakarta.validation.Validation;
import jakarta.validation.Validator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be queued. */
class SendEmailTest {

    private static final Validator VALIDATOR = Validation.buildDefaultValidatorFactory().getValidator();

    @Test
    void goesToAtMostFiftyTogether() {
        var some = Collections.nCopies(25, "bob@example.org");

        assertThat(wrong(mail(some, some.subList(0, 24), null))).isEmpty();
        assertThat(wrong(mail(some, some, null)))
                .containsExactly("bcc must have, with to and cc, at most 50 addresses");
        assertThat(wrong(mail(Collections.nCopies(50, "bob@example.org"), null, null)))
                .anyMatch(violation -> violation.startsWith("cc "));
    }

    @Test
    void unsubscribesOneAddressOnly() {
        assertThat(wrong(mail(null, null, "news"))).isEmpty();
        assertThat(wrong(mail(List.of("bob@example.org"), null, "news")))
                .containsExactly(
                        "unsubscribe must be left out of a mail with cc or bcc: one link unsubscribes one address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "News", "two words", "a\r\nb", "-x"})
    void unsubscribesFromAKindWithAName(String category) {
        assertThat(wrong(mail(null, null, category))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob@example.org (Bob)", "Bob <bob@example.org>", "bob@example.org, cid@example.org",
            "bob@example.org\r\nBcc: cid@example.org", ""})
    void takesNoAddressThatIsMoreThanOne(String address) {
        assertThat(wrong(mail(List.of(address), null, null))).anyMatch(violation -> violation.startsWith("cc[0]"));
        assertThat(wrong(mail(null, List.of(address), null))).anyMatch(violation -> violation.startsWith("bcc[0]"));
        assertThat(wrong(new SendEmail("ann@example.org", "s", "t", null, null, null, address, null, null)))
                .anyMatch(violation -> violation.startsWith("replyTo"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "https://a.example/ b", "https://a.example/\"onclick=x",
            "https://a.example/\r\nBcc:x", "ftp://a.example", ""})
    void resetsPasswordsByALinkThatIsOne(String url) {
        assertThat(VALIDATOR.validate(new SendPasswordReset(new UUID(1, 2), url))).isNotEmpty();
    }

    @Test
    void keepsTheLinkOfAPasswordOutOfLogs() {
        var job = new SendPasswordReset(new UUID(1, 2), "https://a.example/reset?token=abc&x=%20#1");

        assertThat(VALIDATOR.validate(job)).isEmpty();
        assertThat(job.toString()).doesNotContain("a.example");
    }

    private static SendEmail mail(@Nullable List<String> cc, @Nullable List<String> bcc, @Nullable String unsubscribe) {
        return new SendEmail("ann@example.org", "s", "t", null, cc, bcc, null, null, unsubscribe);
    }

    private static Stream<String> wrong(SendEmail mail) {
        return VALIDATOR.validate(mail).stream()
                .map(violation -> violation.getPropertyPath() + " " + violation.getMessage());
    }
}
