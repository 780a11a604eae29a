package io.millrace.core.paging;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class SealedCursorsTest {

    private static final String KEY = "a key of at least thirty-two letters";
    private static final String OTHER_KEY = "another key of thirty-two characters";
    private static final Listing POSTS = Listing.of("posts");
    private static final Cursor CURSOR = new Cursor(Instant.parse("2026-01-31T12:00:00.123456Z"),
            UUID.randomUUID().toString());

    private final SealedCursors cursors = new SealedCursors(KEY, List.of());

    @Test
    void opensWhatItSealedToTheMicrosecond() {
        assertThat(cursors.open(cursors.seal(CURSOR, POSTS), POSTS)).isEqualTo(CURSOR);
    }

    @Test
    void bearsTimesBeforeTheEpochAndIdsOfAnyLetters() {
        var old = new Cursor(Instant.parse("1815-12-10T00:00:00.000001Z"), "article-1.B_ü");

        assertThat(cursors.open(cursors.seal(old, POSTS), POSTS)).isEqualTo(old);
    }

    @Test
    void sealsWithLettersThatNeedNoEscapeInAUrl() {
        assertThat(cursors.seal(CURSOR, POSTS)).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void isUnderstoodByOtherProcessesWithTheKey() {
        assertThat(new SealedCursors(KEY, List.of()).open(cursors.seal(CURSOR, POSTS), POSTS)).isEqualTo(CURSOR);
    }

    @Test
    void opensWithFurtherKeysAndSealsWithTheFirst() {
        var rotating = new SealedCursors(OTHER_KEY, List.of(KEY));

        assertThat(rotating.open(cursors.seal(CURSOR, POSTS), POSTS)).isEqualTo(CURSOR);
        assertRefused(rotating.seal(CURSOR, POSTS), POSTS);
    }

    @Test
    void refusesAnotherListingAndAnotherFilter() {
        String books = cursors.seal(CURSOR, new Listing("products", "books"));

        assertRefused(books, new Listing("products", "toys"));
        assertRefused(books, Listing.of("products"));
        assertRefused(books, new Listing("posts", "books"));
        assertRefused(books, new Listing("product", "sbooks"));
        assertRefused(cursors.seal(CURSOR, POSTS), new Listing("posts", "books"));
    }

    @Test
    void refusesEveryAlteredLetter() {
        String text = cursors.seal(CURSOR, POSTS);

        for (int i = 0; i < text.length(); i++) {
            for (char letter : "AZaz09-_+/= é".toCharArray()) {
                if (text.charAt(i) != letter) {
                    assertRefused(text.substring(0, i) + letter + text.substring(i + 1), POSTS);
                }
            }
        }
    }

    @Test
    void refusesEveryTruncationAndExtension() {
        String text = cursors.seal(CURSOR, POSTS);

        for (int length = 0; length < text.length(); length++) {
            assertRefused(text.substring(0, length), POSTS);
            assertRefused(text.substring(length + 1), POSTS);
        }
        for (String extension : List.of("A", "AA", "AAAA", "=", "==", " ", "\n", text)) {
            assertRefused(text + extension, POSTS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "0", "2026-01-31T12:00:00Z", "../../etc/passwd", "%00", "\u0000", "💥",
            "AAAA", "====", "----", "____"})
    void refusesGarbage(String text) {
        assertRefused(text, POSTS);
    }

    @Test
    void refusesWhatIsSealedByNobodyWithTheKey() {
        assertRefused(new SealedCursors(OTHER_KEY, List.of()).seal(CURSOR, POSTS), POSTS);
    }

    @Test
    void refusesWhatIsTooLongWithoutDecodingIt() {
        assertRefused("A".repeat(1_000_000), POSTS);
        assertRefused(Base64.getUrlEncoder().encodeToString(new byte[300]), POSTS);
    }

    private void assertRefused(String text, Listing listing) {
        assertThatThrownBy(() -> cursors.open(text, listing)).as(text).isInstanceOf(InvalidCursor.class)
                .hasMessage("not a cursor of this listing");
    }
}
