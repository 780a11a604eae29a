package io.millrace.core.mail;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.core.Domain;
import io.millrace.core.paging.Cursor;

import static org.assertj.core.api.Assertions.assertThat;

class SuppressionsTest {

    private static final Domain DOMAIN = Domain.onNewDatabase();

    private final Suppressions suppressions = DOMAIN.bean(Suppressions.class);

    @BeforeEach
    void empty() {
        DOMAIN.jdbc().sql("delete from mail_suppressions").update();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ANN@bücher.example", "ann@BÜCHER.example", "Ann@xn--bcher-kva.example",
            "aNN@XN--BCHER-KVA.EXAMPLE"})
    void knowAnAddressInWhateverSpelling(String spelling) {
        var kept = suppressions.add("ann@bücher.example", SuppressionReason.HARD_BOUNCE);

        assertThat(kept.address()).isEqualTo("ann@xn--bcher-kva.example");
        assertThat(suppressions.find(spelling, null)).contains(kept);
        assertThat(suppressions.against(List.of(spelling, "bob@example.org"), null)).containsExactly(spelling);
        assertThat(suppressions.add(spelling, SuppressionReason.HARD_BOUNCE)).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {"HARD_BOUNCE, -, -, true", "HARD_BOUNCE, -, news, true",
            "MANUAL, -, -, true", "MANUAL, -, news, true", "MANUAL, news, news, true", "MANUAL, news, -, false",
            "UNSUBSCRIBED, news, news, true", "UNSUBSCRIBED, news, offers, false", "UNSUBSCRIBED, news, -, false",
            "UNSUBSCRIBED, -, news, true", "UNSUBSCRIBED, -, -, false"})
    void keepFromAnAddressWhatItIsNotToGet(SuppressionReason reason, @Nullable String of,
            @Nullable String mail, boolean suppressed) {
        suppressions.add("ann@example.org", reason, of);

        assertThat(suppressions.find("ann@example.org", mail).isPresent()).isEqualTo(suppressed);
        assertThat(suppressions.against(List.of("ann@example.org"), mail).isEmpty()).isNotEqualTo(suppressed);
    }

    @Test
    void giveAStrongerReasonToWhoHasOnlyUnsubscribed() {
        var first = suppressions.add("ann@example.org", SuppressionReason.UNSUBSCRIBED);

        var second = suppressions.add("ann@example.org", SuppressionReason.HARD_BOUNCE);
        var third = suppressions.add("ann@example.org", SuppressionReason.UNSUBSCRIBED);

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.reason()).isEqualTo(SuppressionReason.HARD_BOUNCE);
        assertThat(third).isEqualTo(second);
    }

    @Test
    void lookForManyRecipientsInOneStatement() {
        var many = IntStream.range(0, 50).mapToObj(i -> "n" + i + "@example.org").toList();
        suppressions.add("n7@example.org", SuppressionReason.MANUAL);

        var statements = DOMAIN.recorder()
                .during(() -> assertThat(suppressions.against(many, null)).containsExactly("n7@example.org"));

        assertThat(statements).hasSize(1);
    }

    @Test
    void arePagedNewestFirst() {
        var first = suppressions.add("a@example.org", SuppressionReason.MANUAL);
        var second = suppressions.add("b@example.org", SuppressionReason.MANUAL);
        var third = suppressions.add("a@example.org", SuppressionReason.UNSUBSCRIBED, "news");

        var page = suppressions.list(Cursor.START, 2);

        assertThat(page.rows()).containsExactly(third, second);
        assertThat(page.hasNext()).isTrue();
        assertThat(suppressions.list(second.cursor(), 2).rows()).containsExactly(first);
        assertThat(suppressions.listAddress("A@example.org", Cursor.START, 2).rows()).containsExactly(third, first);
    }

    @Test
    void letMailGoAgainOnceTheyAreRemoved() {
        var kept = suppressions.add("ann@example.org", SuppressionReason.MANUAL);

        assertThat(suppressions.remove(kept.id())).isTrue();
        assertThat(suppressions.remove(kept.id())).isFalse();
        assertThat(suppressions.remove(new UUID(1, 2))).isFalse();
        assertThat(suppressions.find("ann@example.org", "news")).isEmpty();
    }
}
