package io.millrace.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The README shows the code that is compiled and tested, not a copy that drifts. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @ParameterizedTest
    @MethodSource("examples")
    void showsTheExampleAsItIs(String example) throws IOException {
        var path = example + ".java";
        var source = Files.readString(ROOT.resolve(path));
        var shown = source.substring(source.indexOf("\n\n") + 2);

        assertThat(Files.readString(ROOT.resolve("README.md")))
                .as("README.md must show %s from below its package line", path)
                .contains("<!-- " + path + " -->\n```java\n" + shown + "```\n");
    }

    static Stream<String> examples() {
        return Stream.concat(
                Stream.of("CountWords", "CountWordsHandler", "CountWordsHandlerTest", "UpstreamHandler", "PayInvoice",
                        "ChargeCustomer", "IndexShelf")
                        .map(name -> "worker/src/test/java/io/millrace/example/" + name),
                Stream.of("jobs/src/test/java/io/millrace/jobs/sample/PlaceOrderTest"));
    }
}
