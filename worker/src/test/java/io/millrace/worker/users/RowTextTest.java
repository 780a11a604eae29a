package io.millrace.worker.users;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RowTextTest {

    @Test
    void splitsRowsAtEveryKindOfLineEnd() throws IOException {
        assertThat(rows("a,b\nc,d\r\ne,f\rg,h")).containsExactly("1[a|b]", "2[c|d]", "3[e|f]", "4[g|h]");
    }

    @Test
    void countsBlankRowsAndTellsThem() throws IOException {
        assertThat(rows("a\n\n , \n\"\",\nb\n")).containsExactly("1[a]", "2 blank", "3 blank", "4 blank", "5[b]");
    }

    @Test
    void unquotesAndStripsFields() throws IOException {
        assertThat(rows("\"a,b\", c ,\"say \"\"hi\"\"\",\"two\nlines\",\"x\"y\"\nz"))
                .containsExactly("1[a,b|c|say \"hi\"|two\nlines|xy\"]", "2[z]");
    }

    @Test
    void keepsTheTextOfARow() throws IOException {
        var row = RowText.delimited(new StringReader("\"a\"\"\nb\", c\r\nd"), ',');

        assertThat(row.advance()).isTrue();
        assertThat(row.original()).isEqualTo("\"a\"\"\nb\", c");
    }

    @Test
    void losesOnlyTheLineOfAQuoteThatIsClosedInAnotherField() throws IOException {
        assertThat(rows("\"a,b\nc,d\n\"e\",f\n")).containsExactly("1 damaged: \"a,b", "2[c|d]", "3[e|f]");
    }

    @Test
    void losesOnlyTheLineOfAQuoteThatIsNeverClosed() throws IOException {
        assertThat(rows("a,\"b\nc,d")).containsExactly("1 damaged: a,\"b", "2[c|d]");
        assertThat(rows("a,\"b\r\nc,d\n" + "x".repeat(RowText.MAX_ROW) + "\ne,\"f\""))
                .containsExactly("1 damaged: a,\"b", "2[c|d]", "3 damaged: " + "x".repeat(2_000) + "…", "4[e|f]");
    }

    @Test
    void dropsWhatIsTooLongAndGoesOn() throws IOException {
        String field = "y".repeat(1_000);
        String many = String.join(",", IntStream.range(0, 3_000).mapToObj(i -> field).toList());

        assertThat(rows(many + "\na,b\n")).hasSize(2).last().isEqualTo("2[a|b]");
        assertThat(rows("x".repeat(RowText.MAX_ROW - 1) + ",")).hasSize(1);
        assertThat(rows("x".repeat(RowText.MAX_ROW - 1) + "\nb")).hasSize(2).last().isEqualTo("2[b]");
    }

    @Test
    void takesLinesAsTheyAreWhereQuotesMeanNothing() throws IOException {
        var rows = RowText.lines(new StringReader("{\"a\": \"x\"}\r\n\r\n\"b"));

        assertThat(all(rows)).containsExactly("1[{\"a\": \"x\"}]", "2 blank", "3[\"b]");
    }

    private static List<String> rows(String text) throws IOException {
        return all(RowText.delimited(new StringReader(text), ','));
    }

    private static List<String> all(RowText row) throws IOException {
        List<String> rows = new ArrayList<>();
        while (row.advance()) {
            rows.add(row.number() + told(row));
        }
        return rows;
    }

    private static String told(RowText row) {
        if (row.damage() != null) {
            return " damaged: " + row.original();
        }
        if (row.isBlank()) {
            return " blank";
        }
        return IntStream.range(0, row.fields()).mapToObj(row::field).toList().toString().replace(", ", "|");
    }
}
