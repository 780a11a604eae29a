package io.millrace.worker.mail;

import java.util.List;
import java.util.stream.Stream;
import jakarta.validation.Validation;
import jakarta.validation.Validator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.core.mail.SendEmail;
import io.millrace.jobs.PermanentFailure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RecipientTest {

    private static final Validator VALIDATOR = Validation.buildDefaultValidatorFactory().getValidator();

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "ann", "ann@", "@example.org", "ann@example.org, bob@example.org",
            "ann@example.org\r\nBcc: bob@example.org", "ann@example.org\nBcc: bob@example.org", "ann\r@example.org",
            "<ann@example.org>", "Ann <ann@example.org>", "ann@example.org>", "friends:ann@example.org;",
            "ann@example.org> SIZE=1", "ann@example.org (Ann)", "ann\0@example.org", "ann@example\uFF0C.org",
            "ann@a\uFF20b.org", "ann@example.org\uFF1E", "ann\u010A@example.org", "李@example.org", "a b@example.org",
            "ann@example..org"})
    void refusesWhatIsNotOneMailboxThatSmtpCanCarry(String address) {
        assertThatExceptionOfType(PermanentFailure.class).isThrownBy(() -> Recipient.of(address, null))
                .withMessage("the recipient is not an address that mail can be sent to").withNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann@example.org", "ann+tag@example.org", "o'neil@example.org", "ann@localhost",
            "a.b-c_d@sub.example.org"})
    void takesAnOrdinaryAddressAsItIs(String address) {
        assertThat(Recipient.of(address, null).mailbox()).hasToString(address);
    }

    /** So that nobody is told later, by a failed job, what could have been said at the call. */
    @ParameterizedTest
    @MethodSource("texts")
    void takesEveryAddressThatTheQueueTakes(String address) {
        if (VALIDATOR.validate(new SendEmail(address, "s", "t", null)).isEmpty()) {
            assertThatCode(() -> Recipient.of(address, null)).doesNotThrowAnyException();
        }
    }

    static Stream<String> texts() {
        var locals = List.of("ann", "ann+tag", "o'neil", "a.b-c_d", "\"ann\"", "\"a@b\"", "\"a b\"", "李", "zoë",
                "ann\u010A",
                "<ann", "a,b", "a(b)", "a:b", "a..b", ".a", "a\\b", "=?x?=", "");
        var domains = List.of("example.org", "localhost", "bücher.example", "李.example", "example\uFF0C.org",
                "a\uFF20b.org",
                "example.org\uFF1E", "example..org", "-a.org", "a_b.org", "[127.0.0.1]", "[IPv6:::1]",
                "x".repeat(64) + ".org",
                "example.org.", "a b.org", "a>b.org", "");
        return locals.stream().flatMap(local -> domains.stream().map(domain -> local + "@" + domain));
    }

    @Test
    void writesAnInternationalDomainInAscii() {
        var recipient = Recipient.of("zoe@bücher.example", null);

        assertThat(recipient.mailbox().getAddress()).isEqualTo("zoe@xn--bcher-kva.example");
        assertThat(recipient.address()).isEqualTo("zoe@bücher.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zoë Ångström", "李小龍", "O'Neil, Ann \"the\" <admin>", "a\\b"})
    void keepsTheName(String name) {
        assertThat(Recipient.of("ann@example.org", name).mailbox().getPersonal()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ann\r\nBcc: bob@example.org", "Ann\nBcc: bob@example.org", "Ann\rBcc: bob@example.org",
            "Zoë\r\nBcc: bob@example.org"})
    void keepsANameOnItsLine(String name) {
        assertThat(Recipient.of("ann@example.org", name).mailbox().toString()).doesNotContain("\r", "\n");
    }

    @Test
    void namesNobodyByABlank() {
        assertThat(Recipient.of("ann@example.org", " ").mailbox()).hasToString("ann@example.org");
    }
}
