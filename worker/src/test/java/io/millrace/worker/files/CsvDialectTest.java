package io.millrace.worker.files;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.millrace.core.files.FileProfile;

import static io.millrace.worker.files.Profiling.columns;
import static io.millrace.worker.files.Profiling.csv;
import static org.assertj.core.api.Assertions.assertThat;

class CsvDialectTest {

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "|", "\t", "^", "~"})
    void findsTheDelimiter(String delimiter) {
        var profile = csv("id,name,born\n1,Ada,1815\n2,Alan,1912\n".replace(",", delimiter));

        assertThat(profile.delimiter()).isEqualTo(delimiter);
        assertThat(profile.format()).isEqualTo(delimiter.equals("\t") ? "tsv" : "csv");
        assertThat(columns(profile)).extracting(FileProfile.Column::name).containsExactly("id", "name", "born");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void readsAnyLineEnd(String lineEnd) {
        var profile = csv("id,name\n1,Ada\n\n2,Alan\n".replace("\n", lineEnd));

        assertThat(profile).returns(2L, FileProfile::rows).returns(0L, FileProfile::rejectedRows);
        assertThat(columns(profile).get(1)).returns("Alan", FileProfile.Column::max);
    }

    @Test
    void readsALastLineWithoutAnEnd() {
        assertThat(csv("id,name\n1,Ada\n2,").rows()).isEqualTo(2);
    }

    @Test
    void readsQuotedDelimitersQuotesAndLineEnds() {
        var profile = csv("""
                          id,quote
                          1,"Well, she said"
                          2,"one
                          two, three"
                          3,"the ""best""\"
                          """);

        assertThat(profile).returns(3L, FileProfile::rows).returns(0L, FileProfile::rejectedRows);
        assertThat(columns(profile).get(1).examples()).containsExactly("Well, she said", "one\ntwo, three",
                "the \"best\"");
    }

    @Test
    void prefersASemicolonToDecimalCommas() {
        var profile = csv("1,5;2,25;x\n3,5;4,75;y\n5,5;6,25;z\n");

        assertThat(profile.delimiter()).isEqualTo(";");
        assertThat(columns(profile)).hasSize(3);
    }

    @Test
    void isNotMisledByDelimitersWithinText() {
        var profile = csv("""
                          id;text
                          1;one, two, three
                          2;four
                          3;five, six
                          """);

        assertThat(profile.delimiter()).isEqualTo(";");
        assertThat(profile.rejectedRows()).isZero();
    }

    @Test
    void readsASingleColumn() {
        var profile = csv("name\nAda\nAlan\nGrace\n");

        assertThat(profile).returns(",", FileProfile::delimiter).returns(true, FileProfile::header)
                .returns(3L, FileProfile::rows);
        assertThat(columns(profile)).singleElement().returns("name", FileProfile.Column::name);
    }

    @Test
    void rejectsATitleAboveTheTable() {
        var profile = csv("Quarterly report\n\nid,name,sum\n1,a,10\n2,b,20\n3,c,30\n4,d,40\n");

        assertThat(profile).returns(4L, FileProfile::rows).returns(1L, FileProfile::rejectedRows);
        assertThat(columns(profile)).extracting(FileProfile.Column::name).containsExactly("id", "name", "sum");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id,name\n1,Ada\n2,Alan\n", "day,sum\n2020-01-01,\n2020-01-02,\n",
            "name,city\nAda,London\nAlan,Wilmslow\n", "a,,a\n1,2,3\n4,5,6\n", "done\ntrue\nfalse\n", "name,city\n"})
    void findsAHeader(String text) {
        assertThat(csv(text).header()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,2\n3,4\n5,6\n", "1,2\n", "Ada,London\nAlan,London\nGrace,London\n",
            "2020-01-01,a\n2020-01-02,b\n", "Ada,,\nAlan,,\n", "Ada,36\nAlan,41\n"})
    void findsNoHeader(String text) {
        var profile = csv(text);

        assertThat(profile.header()).isFalse();
        assertThat(profile.rows()).isEqualTo(text.lines().count());
        assertThat(columns(profile).getFirst().name()).isEqualTo("column1");
    }

    @Test
    void givesEveryColumnANameOfItsOwn() {
        var profile = csv("a,,a,a_2,\n1,2,3,4,5\n");

        assertThat(columns(profile)).extracting(FileProfile.Column::name).containsExactly("a", "column2", "a_2",
                "a_2_2",
                "column5");
    }

    @Test
    void countsEmptyFieldsAndTheUsualWordsAsNulls() {
        var column = Profiling.column("1", "NA", "\"\"", "null", "NaN", "N/A", "\\N", "  2  ");

        assertThat(column).returns("integer", FileProfile.Column::type).returns(6L, FileProfile.Column::nulls)
                .returns(2L, FileProfile.Column::distinct).returns("2", FileProfile.Column::max);
    }
}
