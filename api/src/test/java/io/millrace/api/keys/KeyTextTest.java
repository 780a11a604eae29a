package io.millrace.api.keys;

import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class KeyTextTest {

    @Test
    void isReadAsItWasMade() {
        KeyText made = KeyText.random();

        KeyText read = Objects.requireNonNull(KeyText.parse(made.text()));

        assertThat(made.text()).matches("mr_[0-9a-z]{12}_[0-9A-Za-z]{49}");
        assertThat(read.id()).isEqualTo(made.id());
        assertThat(read.digest()).isEqualTo(made.digest()).hasSize(32);
    }

    @Test
    void isNeverTheSameTwice() {
        assertThat(IntStream.range(0, 1000).mapToObj(i -> KeyText.randomOf("abcdefghijkl").text()).distinct().count())
                .isEqualTo(1000);
    }

    @Test
    void tellsATypoAnywhere() {
        String text = KeyText.random().text();

        Stream<String> typos = IntStream.range(0, text.length())
                .mapToObj(i -> text.substring(0, i) + (text.charAt(i) == 'a' ? 'b' : 'a') + text.substring(i + 1));

        assertThat(typos.map(KeyText::parse)).containsOnlyNulls();
        assertThat(Stream.of("", "mr_", text + "a", text.substring(1), " " + text).map(KeyText::parse))
                .containsOnlyNulls();
    }

    @Test
    void keepsItsSecretToItself() {
        KeyText key = KeyText.random();

        assertThat(key.toString()).contains(key.id()).doesNotContain(key.text().substring(16));
    }
}
