package io.millrace.worker.users;

import java.util.Random;
import jakarta.validation.Validation;
import jakarta.validation.Validator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CheckUserTest {

    private static final Validator VALIDATOR = Validation.buildDefaultValidatorFactory().getValidator();
    private static final String ADDRESS_CHARACTERS = "ab9Z..--__+@@é !\"";
    private static final String NAME_CHARACTERS = "aZ9é李 -'.,\t\n\u0000\u2028\uFFFD\uD800@\"";

    private final CheckUser check = new CheckUser(VALIDATOR);

    @Test
    void takesNothingForPlainThatTheValidatorRefuses() {
        var random = new Random(42);
        int plain = 0;
        for (int i = 0; i < 200_000; i++) {
            String address = text(random, ADDRESS_CHARACTERS);
            String name = text(random, NAME_CHARACTERS);
            if (CheckUser.isPlainAddress(address)) {
                plain++;
                assertThat(valid("email", address)).as(address).isTrue();
            }
            if (CheckUser.isPlainName(name)) {
                plain++;
                assertThat(valid("fullName", name)).as(name).isTrue();
            }
        }
        assertThat(plain).isGreaterThan(2_000);
    }

    @Test
    void takesNothingForPlainThatIsTooLong() {
        String label = "a".repeat(60);
        String longest = "b".repeat(64) + "@" + label + "." + label + "." + label + ".org";

        for (String address : new String[]{longest, longest + "g", "b" + longest, "a@" + "b".repeat(64) + ".org"}) {
            assertThat(!CheckUser.isPlainAddress(address) || valid("email", address)).as(address).isTrue();
        }
        assertThat(CheckUser.isPlainName("a".repeat(200))).isTrue();
        assertThat(CheckUser.isPlainName("a".repeat(201))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.org", "Ada.Lovelace+mills@sub-domain.example.co.uk", "a_b@x1.io"})
    void seesWhatIsPlainlyInOrder(String address) {
        assertThat(CheckUser.isPlainAddress(address)).isTrue();
        assertThat(CheckUser.isPlainName("Ada King-Noël, 李 9th")).isTrue();
    }

    @Test
    void namesEachFieldThatIsWrong() {
        assertThat(check.problem(new UserFields("", null, null))).isEqualTo("email is missing; fullName is missing");
        assertThat(check.problem(new UserFields("nobody", "Ada", null)))
                .isEqualTo("email must be an email address of at most 254 characters, in ASCII before the @");
        assertThat(check.problem(new UserFields("a@example.org", "!", null))).isEqualTo(
                "fullName must be one line of at most 200 characters with a letter or digit in it");
        assertThat(check.problem(new UserFields("a@example.org", "Ad\uFFFD", null))).contains("UTF-8");
        assertThat(check.problem(new UserFields("a@example.org", "Ad\uD800", null))).contains("UTF-8");
        assertThat(check.problem(UserFields.unreadable("no row"))).isEqualTo("no row");
        assertThat(check.problem(new UserFields("o'neill@münchen.example", "\"Ada\"", null))).isNull();
    }

    private static boolean valid(String property, String value) {
        return VALIDATOR.validateValue(CheckUser.Candidate.class, property, value).isEmpty();
    }

    private static String text(Random random, String characters) {
        return random.ints(3 + random.nextInt(8), 0, characters.length()).mapToObj(characters::charAt)
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append).toString();
    }
}
