package io.millrace.api.products;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

final class ProductControllerTest {

    private static final ApiUnderTest API = ApiUnderTest.shared();

    @Test
    void createsAndThenReplacesWhole() {
        Answer created = API.put("/products/lamp-1",
                """
                {"name": "Lamp", "category": "light", "price": 19.9, "description": "Bright"}""");
        Answer replaced = API.put("/products/lamp-1", "{\"name\": \"Lamp 2\", \"category\": \"home\", \"price\": 20}");

        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.json().propertyNames()).containsExactly("id", "name", "category", "price", "description",
                "createdAt", "updatedAt");
        assertThat(created.body()).contains("\"price\":19.90,");
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().path("description").isNull()).isTrue();
        assertThat(replaced.json().path("createdAt")).isEqualTo(created.json().path("createdAt"));
        assertThat(API.get("/products?category=light").json().path("data").size()).isZero();
        assertThat(API.get("/products?category=home").json().path("data").values()).containsExactly(replaced.json());
        assertThat(API.get("/products?limit=100").json().path("data").values()).contains(replaced.json());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.01", "9999999999.99", "1e2", "12.5"})
    void keepsMoneyExactly(String price) {
        Answer answer = put("price", "\"Name\"", "\"money\"", price);

        assertThat(answer.status()).as(answer.body()).isBetween(200, 201);
        assertThat(answer.json().path("price").decimalValue()).isEqualByComparingTo(price);
    }

    static Stream<Arguments> badProducts() {
        return Stream.of(arguments("price", "\"N\"", "\"C\"", "-0.01"), arguments("price", "\"N\"", "\"C\"", "1.999"),
                arguments("price", "\"N\"", "\"C\"", "10000000000"), arguments("price", "\"N\"", "\"C\"", "1e400"),
                arguments("price", "\"N\"", "\"C\"", "1e-400"), arguments("price", "\"N\"", "\"C\"", "1e999999999"),
                arguments("price", "\"N\"", "\"C\"", "\"9.90\""), arguments("price", "\"N\"", "\"C\"", "null"),
                arguments("price", "\"N\"", "\"C\"", "true"), arguments("price", "\"N\"", "\"C\"", "[1]"),
                arguments("name", "\" \"", "\"C\"", "1"), arguments("name", "null", "\"C\"", "1"),
                arguments("name", "\"N\\u0000\"", "\"C\"", "1"),
                arguments("name", "\"" + "n".repeat(201) + "\"", "\"C\"", "1"),
                arguments("category", "\"N\"", "\"two\\nlines\"", "1"), arguments("category", "\"N\"", "7", "1"),
                arguments("category", "\"N\"", "\"" + "c".repeat(101) + "\"", "1"));
    }

    @ParameterizedTest
    @MethodSource("badProducts")
    void namesTheFieldThatIsWrong(String field, String name, String category, String price) {
        assertRefused(put("never-there", name, category, price), field);
        assertThat(API.get("/products?limit=100").body()).doesNotContain("never-there");
    }

    @Test
    void namesAnUnknownField() {
        assertRefused(API.put("/products/x", "{\"name\": \"N\", \"category\": \"C\", \"price\": 1, \"stock\": 3}"),
                "stock");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two%20words", "%00", "a%2Fb", "%C3%BC"})
    void refusesAnIdThatWouldNeedEscapes(String id) {
        Answer answer = API.put("/products/" + id, "{\"name\": \"N\", \"category\": \"C\", \"price\": 1}");

        assertThat(answer.status()).as(answer.body()).isIn(400, 404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void namesAnIdThatIsTooLong() {
        assertRefused(put("a".repeat(101), "\"N\"", "\"C\"", "1"), "id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%20", "%00", "a%0Ab"})
    void namesACategoryThatNoProductCanHave(String category) {
        assertRefused(API.get("/products?category=" + category), "category");
    }

    @Test
    void knowsNothingInACategoryThatNobodyHasHeardOf() {
        Answer answer = API.get("/products?category=unheard-of");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("data").size()).isZero();
    }

    private static Answer put(String id, String name, String category, String price) {
        return API.put("/products/" + id, "{\"name\": %s, \"category\": %s, \"price\": %s}".formatted(name, category,
                price));
    }

    private static void assertRefused(Answer answer, String field) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.errorFields()).as(answer.body()).containsExactly(field);
        assertThat(answer.body()).doesNotContain("Exception", "tools.jackson", "io.millrace");
    }
}
