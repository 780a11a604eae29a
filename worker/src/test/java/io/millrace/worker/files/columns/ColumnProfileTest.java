package io.millrace.worker.files.columns;

import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.millrace.core.files.FileProfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ColumnProfileTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            integer  | 0 -1 +17 1234567890123456789012345
                                            integer  | -0
                                            number   | 1 2.5
                                            number   | .097 0.5 5. -1e-3 6.02E23
                                            boolean  | true FALSE True
                                            text     | true 1
                                            text     | 01001 01003
                                            text     | 1 2 x
                                            text     | 1 2012-01-01
                                            text     | 007
                                            text     | 00.5
                                            text     | 1e400
                                            text     | 1,5
                                            text     | 1.2.3
                                            text     | - + . e5 5e 1e+
                                            text     | 12:30
                                            date     | 2012-01-31 2012/02/01 2012.3.1
                                            date     | 1/8/90 12/31/1999
                                            date     | 31/12/1999 1/8/90
                                            date     | 31.12.1999
                                            date     | 31-Jan-2012 1-feb-12
                                            text     | 31/12/1999 12/31/1999
                                            text     | 2012-02-30
                                            text     | 2011-02-29
                                            date     | 2012-02-29 2000-02-29
                                            text     | 1900-02-29
                                            text     | 2012-13-01
                                            text     | 2012-01/01
                                            text     | 1-2-90
                                            text     | 2012-01-01x
                                            datetime | 2012-01-01T00:00 2012-01-01T23:59:59.999999999Z
                                            datetime | 2012-01-01T00:00:00+01:00 2012-01-01T00:00:00-0530 2012-01-01
                                            text     | 2012-01-01T24:00
                                            text     | 2012-01-01T7
                                            text     | 2012-01-01T07:60
                                            """)
    void findsTheNarrowestTypeThatAllValuesFit(String type, String values) {
        assertThat(column(values.split(" ")).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            datetime | 1/8/90 0:00
                                            datetime | 2012-01-01 07:05:59 UTC
                                            datetime | 12/31/1999 11:59 PM
                                            datetime | 31.12.1999 23:59
                                            datetime | Jan 8 1990 07:05
                                            date     | Jan 8 1990
                                            date     | January 8, 1990
                                            date     | 8 January 1990
                                            text     | 13/31/1999 11:59 PM
                                            text     | 12/31/1999 13:59 PM
                                            text     | Janus 8 1990
                                            text     | 8 Pages 1990
                                            text     | 2012-01-01 07:05 Oslo
                                            text     | true story
                                            """)
    void findsTheTypeOfAValueWithBlanks(String type, String value) {
        assertThat(column(value).type()).isEqualTo(type);
    }

    @Test
    void isEmptyWithoutValues() {
        var column = column();

        assertThat(column).isEqualTo(
                new FileProfile.Column("c", "empty", 3, 0, true, null, null, null, null, List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            -7         | 100        | 9 100 -7 10
                                            -1e3       | 2.5        | .5 2.5 -1e3
                                            1.0        | 2          | 1.0 1.00 2 2.0
                                            Zebra      | zebra      | ant Zebra zebra bee
                                            false      | True       | True false
                                            1/8/1990   | 2/1/2020   | 2/1/2020 12/31/1999 1/8/1990
                                            2/1/1999   | 1/2/1999   | 2/1/1999 31/1/1999 1/2/1999
                                            31.1.2012  | 1.2.2012   | 31.1.2012 1.2.2012
                                            9007199254740993 | 9007199254740995 | 9007199254740994 9007199254740993 9007199254740995
                                            2012-01-01T00:30+01:00 | 2012-01-01T00:00Z | 2012-01-01T00:00Z 2012-01-01T00:30+01:00
                                            2012-01-01 | 2012-01-01T00:00:00.5 | 2012-01-01T00:00:00.25 2012-01-01 2012-01-01T00:00:00.5
                                            1/1/69     | 31/12/68   | 31/12/68 1/1/69
                                            """)
    void ordersValuesByTheirType(String min, String max, String values) {
        assertThat(column(values.split(" "))).returns(min, FileProfile.Column::min).returns(max,
                FileProfile.Column::max);
    }

    @Test
    void keepsTheOrderOfTextFromBeforeItKnewThatItIsText() {
        assertThat(column("9", "10", "8", "x").max()).isEqualTo("x");
        assertThat(column("9", "10", "8", "x").min()).isEqualTo("10");
    }

    @Test
    void averagesWithoutLosingSmallValuesAmongGreatOnes() {
        assertThat(column("1e16", "1", "1", "-1e16", "2").mean()).isEqualTo(4.0 / 5);
        assertThat(column("7", "7", "1").mean()).isEqualTo(5.0);
    }

    @Test
    void hasNoMeanWhereItWouldBeInfinite() {
        assertThat(column("1e308", "1e308").mean()).isNull();
    }

    @Test
    void averagesAMillionTenthsToATenth() {
        var columns = new Columns();
        var column = columns.add("c");
        char[] tenth = "0.1".toCharArray();
        for (int i = 0; i < 1_000_000; i++) {
            column.add(tenth, 0, 3);
        }

        assertThat(columns.describe(1_000_000).getFirst().mean()).isCloseTo(0.1, within(1e-16));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            1 2 3 4 100                  | 1, 2, 3, 4, 100, 100
                                            -1.5 0 1e3                   | -1.5, -1.5, 0.0, 1000.0, 1000.0, 1000.0
                                            2012-01-31 2011-01-01        | 2011-01-01, 2011-01-01, 2011-01-01, 2012-01-31, 2012-01-31, 2012-01-31
                                            31/12/1999 1/2/2000          | 1999-12-31, 1999-12-31, 1999-12-31, 2000-02-01, 2000-02-01, 2000-02-01
                                            1/2/2000 12/31/1999 1/2/2000 | 1999-12-31, 1999-12-31, 2000-01-02, 2000-01-02, 2000-01-02, 2000-01-02
                                            2012-01-01T00:00:01+01:00    | 2011-12-31T23:00:01Z, 2011-12-31T23:00:01Z, 2011-12-31T23:00:01Z, \
                                            2011-12-31T23:00:01Z, 2011-12-31T23:00:01Z, 2011-12-31T23:00:01Z
                                            """)
    void givesQuantilesOfNumbersAndMoments(String values, String expected) {
        var q = Objects.requireNonNull(column(values.split(" ")).quantiles());

        assertThat(List.of(q.p5(), q.p25(), q.p50(), q.p75(), q.p95(), q.p99()))
                .containsExactly(expected.split(", *"));
    }

    @Test
    void hasNoQuantilesOfTextsAndBooleans() {
        assertThat(column("1", "x").quantiles()).isNull();
        assertThat(column("true", "false").quantiles()).isNull();
    }

    @Test
    void givesTheFirstFiveDifferentValuesAsExamples() {
        assertThat(column("b", "a", "b", "c", "a", "d", "e", "f").examples()).containsExactly("b", "a", "c", "d", "e");
    }

    @Test
    void cutsLongValuesBetweenCharacters() {
        String value = "x".repeat(99) + "😀😀";

        assertThat(column(value)).returns("x".repeat(99), FileProfile.Column::min)
                .returns(List.of("x".repeat(99)), FileProfile.Column::examples);
    }

    @Test
    void replacesHalfASurrogatePair() {
        assertThat(column("a\ud83d").examples()).containsExactly("a?");
    }

    @Test
    void takesMarkedTextForADateButNotForANumber() {
        assertThat(strings("2020-01-01", "2020-01-02").type()).isEqualTo("date");
        assertThat(strings("1", "2").type()).isEqualTo("text");
        assertThat(strings("true").type()).isEqualTo("text");
    }

    private static FileProfile.Column strings(String... values) {
        var columns = new Columns();
        var column = columns.add("c");
        for (String value : values) {
            column.addString(value.toCharArray(), 0, value.length());
        }
        return columns.describe(values.length).getFirst();
    }

    /** With three rows more than values. */
    private static FileProfile.Column column(String... values) {
        var columns = new Columns();
        var column = columns.add("c");
        for (String value : values) {
            char[] padded = ("1" + value + "1").toCharArray();
            column.add(padded, 1, padded.length - 1);
        }
        return columns.describe(values.length + 3).getFirst();
    }
}
