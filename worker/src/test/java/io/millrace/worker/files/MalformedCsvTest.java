package io.millrace.worker.files;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.core.files.FileProfile;
import io.millrace.worker.files.columns.Columns;

import static io.millrace.worker.files.Profiling.columns;
import static io.millrace.worker.files.Profiling.csv;
import static org.assertj.core.api.Assertions.assertThat;

class MalformedCsvTest {

    private static final String ROWS = IntStream.rangeClosed(1, 200_000).mapToObj(i -> i + ",row " + i + "\n")
            .collect(Collectors.joining());

    @Test
    void rejectsRecordsThatAreTooShortOrTooLong() {
        var profile = csv("a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12\n");

        assertThat(profile).returns(2L, FileProfile::rows).returns(2L, FileProfile::rejectedRows);
        assertThat(columns(profile).getFirst()).returns("1", FileProfile.Column::min)
                .returns("10", FileProfile.Column::max).returns(2L, FileProfile.Column::distinct);
    }

    @Test
    void rejectsOnlyTheLineOfAQuoteThatIsNeverClosed() {
        var profile = csv("a,b\n1,x\n2,\"y\n3,z\n4,\n");

        assertThat(profile).returns(3L, FileProfile::rows).returns(1L, FileProfile::rejectedRows);
        assertThat(columns(profile).getFirst().examples()).containsExactly("1", "3", "4");
    }

    @Test
    void rejectsOnlyTheLineOfAQuoteThatIsNotClosedWithinAMebibyte() {
        assertThat(ROWS.length()).isGreaterThan(3 * CsvRecords.MAX_FIELD / 2);

        var profile = csv("a,b\n0,\"\"\"x\"\"\n" + ROWS + "\"never,closed\n" + ROWS);

        assertThat(profile).returns(400_000L, FileProfile::rows).returns(2L, FileProfile::rejectedRows);
        assertThat(columns(profile).getFirst().examples().getFirst()).isEqualTo("1");
    }

    @Test
    void readsOnWhereTheLastFieldBeforeTheOpenQuoteHasQuotesAndLineEnds() {
        var profile = csv("a,b\n1,\"x \"\"\n\"\" y\"\n\n\n\"2,\n" + ROWS);

        assertThat(profile).returns(200_001L, FileProfile::rows).returns(1L, FileProfile::rejectedRows);
    }

    @Test
    void survivesAnOpenQuoteInTheHeader() {
        var profile = csv("\"a,b\n1,2\n3,4\n");

        assertThat(profile).returns(false, FileProfile::header).returns(2L, FileProfile::rows)
                .returns(1L, FileProfile::rejectedRows);
    }

    @Test
    void survivesNothingButAnOpenQuote() {
        assertThat(csv("\"")).returns(0L, FileProfile::rows).returns(1L, FileProfile::rejectedRows);
    }

    @Test
    void rejectsALineThatIsTooLongForAField() {
        var profile = csv("a,b\n1,2\n" + "x".repeat(5 * CsvRecords.MAX_FIELD) + "\n3,4\n");

        assertThat(profile).returns(2L, FileProfile::rows).returns(1L, FileProfile::rejectedRows);
    }

    @Test
    void rejectsARecordThatIsTooLongAltogether() {
        String field = "x".repeat(1_000_000);
        String names = "a,b,c,d,e,f\n";

        var profile = csv(names + "1,2,3,4,5,6\n" + (field + ",").repeat(5) + field + "\n6,5,4,3,2,1\n");

        assertThat(profile).returns(2L, FileProfile::rows).returns(1L, FileProfile::rejectedRows);
    }

    @Test
    void readsOneEndlessLine() {
        var profile = csv("x".repeat(3 * CsvRecords.MAX_FIELD));

        assertThat(profile).returns(0L, FileProfile::rows).returns(1L, FileProfile::rejectedRows)
                .returns(3L * CsvRecords.MAX_FIELD, FileProfile::bytes);
    }

    @Test
    void keepsWhatStandsBehindAClosingQuote() {
        var profile = csv("a,b\n\"x\"y,1\nz,2\n");

        assertThat(profile).returns(2L, FileProfile::rows).returns(0L, FileProfile::rejectedRows);
    }

    @Test
    void describesAnEmptyFile() {
        assertThat(csv("")).returns("csv", FileProfile::format).returns(0L, FileProfile::rows)
                .returns(0L, FileProfile::rejectedRows).returns(0L, FileProfile::bytes)
                .returns("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", FileProfile::sha256)
                .satisfies(profile -> assertThat(columns(profile)).isEmpty());
    }

    @Test
    void describesAFileOfNothingButLineEnds() {
        assertThat(csv("\n\r\n\r")).returns(0L, FileProfile::rows).returns(0L, FileProfile::rejectedRows);
    }

    @Test
    void describesAHeaderWithoutRows() {
        var profile = csv("id,name\n");

        assertThat(profile).returns(true, FileProfile::header).returns(0L, FileProfile::rows);
        assertThat(columns(profile)).hasSize(2).allSatisfy(column -> assertThat(column)
                .returns("empty", FileProfile.Column::type).returns(0L, FileProfile.Column::nulls)
                .returns(null, FileProfile.Column::min).returns(null, FileProfile.Column::mean));
    }

    @Test
    void readsFiveThousandColumns() {
        var profile = csv(row(5000, "n") + row(5000, "") + row(5000, "1"));

        assertThat(profile).returns(true, FileProfile::header).returns(2L, FileProfile::rows);
        assertThat(columns(profile)).hasSize(5000).last().returns("n4999", FileProfile.Column::name)
                .returns("14999", FileProfile.Column::max).returns(true, FileProfile.Column::distinctIsExact);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\""})
    void readsAHeaderThatIsLongerThanWhatIsLookedAt(String quote) {
        String header = IntStream.range(0, 9000)
                .mapToObj(i -> quote + "a name that goes on and on and on like " + i + quote)
                .collect(Collectors.joining(";", "", "\n"));

        var profile = csv(header + row(9000, "").replace(',', ';'));

        assertThat(profile).returns(";", FileProfile::delimiter).returns(true, FileProfile::header)
                .returns(1L, FileProfile::rows).returns(0L, FileProfile::rejectedRows);
        assertThat(columns(profile)).hasSize(9000);
    }

    @Test
    void profilesNoMoreColumnsThanItsBound() {
        var profile = csv(row(Columns.MAX + 1, "n") + row(Columns.MAX + 1, "") + row(Columns.MAX, ""));

        assertThat(profile).returns(1L, FileProfile::rows).returns(1L, FileProfile::rejectedRows);
        assertThat(columns(profile)).hasSize(Columns.MAX);
    }

    @Test
    void namesAThousandColumnsOfTheSameName() {
        var profile = csv("x,".repeat(1000) + "x\n" + "1,".repeat(1000) + "1\n");

        assertThat(columns(profile)).last().returns("x_1001", FileProfile.Column::name);
    }

    private static String row(int width, String prefix) {
        return IntStream.range(0, width).mapToObj(i -> prefix + i).collect(Collectors.joining(",", "", "\n"));
    }
}
