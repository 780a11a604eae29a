package io.millrace.worker.files;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.millrace.core.files.FileProfile;

import static org.assertj.core.api.Assertions.assertThat;

class RealFilesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
                                                                                        airports.csv|csv|,|3376|210365|903c7169e6d558eefb95295fe2947ec8503135fbb855ea5c737cf4a90ea603ad
                                                                                        birdstrikes.csv|csv|,|10000|1223329|45777edf69984b37599e73dbfb34dbc976055243547407214261a4fcb9466462
                                                                                        seattle-weather.csv|csv|,|1461|48219|0845078a290b48e3149ab8639966824110a251db4e06fc144c06ebb534af23be
                                                                                        sp500-2000.csv|csv|,|5105|415968|9409e9342d0657c747324e4cfabce8a8c7f663bc485b95a3378f36b0a160f8c8
                                                                                        unemployment.tsv|tsv|'\t'|3218|34739|f82bff0a9745cc9e9997c0b83a02ecc77cea7b1d6acbbc4b404bff293e95bb6e
                                                                                        """)
    void findsFormatRowsAndDigest(String name, String format, String delimiter, long rows, long bytes, String sha256) {
        var profile = Profiling.file(name, Profiling.resource(name));

        assertThat(profile).returns(format, FileProfile::format).returns("UTF-8", FileProfile::encoding)
                .returns(delimiter, FileProfile::delimiter).returns(true, FileProfile::header)
                .returns(rows, FileProfile::rows).returns(0L, FileProfile::rejectedRows)
                .returns(bytes, FileProfile::bytes).returns(sha256, FileProfile::sha256);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            airports.csv        | iata text, name text, city text, state text, country text, latitude number, longitude number
                                            birdstrikes.csv     | Airport Name text, Aircraft Make Model text, Effect Amount of damage text, Flight Date date, \
                                            Aircraft Airline Operator text, Origin State text, Phase of flight text, Wildlife Size text, \
                                            Wildlife Species text, Time of day text, Cost Other integer, Cost Repair integer, Cost Total $ integer, \
                                            Speed IAS in knots integer
                                            seattle-weather.csv | date date, precipitation number, temp_max number, temp_min number, wind number, weather text
                                            sp500-2000.csv      | date date, open number, high number, low number, close number, adjclose number, volume integer
                                            unemployment.tsv    | id integer, rate number
                                            """)
    void findsTheTypesOfTheColumns(String name, String expected) {
        var columns = Profiling.columns(Profiling.file(name, Profiling.resource(name)));

        assertThat(columns.stream().map(column -> column.name() + " " + column.type()).toList())
                .containsExactly(expected.split(", ?"));
    }

    @ParameterizedTest
    @CsvSource({"airports.csv", "birdstrikes.csv", "seattle-weather.csv", "sp500-2000.csv", "unemployment.tsv"})
    void findsTheSameWithoutBeingToldWhatItIs(String name) {
        byte[] content = Profiling.resource(name);

        Profiling.assertSame(Profiling.file("upload", content), Profiling.file(name, content));
    }

    @Test
    void describesColumnsOfNumbersDatesAndText() {
        var weather = Profiling.columns(Profiling.file("w.csv", Profiling.resource("seattle-weather.csv")));
        var strikes = Profiling.columns(Profiling.file("b.csv", Profiling.resource("birdstrikes.csv")));

        assertThat(weather.getFirst()).returns("2012-01-01", FileProfile.Column::min)
                .returns("2015-12-31", FileProfile.Column::max).returns(1461L, FileProfile.Column::distinct)
                .returns(null, FileProfile.Column::mean);
        assertThat(weather.get(2)).returns("-1.6", FileProfile.Column::min).returns("35.6", FileProfile.Column::max)
                .returns(67L, FileProfile.Column::distinct).returns(16.43908281998631, FileProfile.Column::mean);
        assertThat(weather.get(5).examples()).containsExactly("drizzle", "rain", "sun", "snow", "fog");
        assertThat(strikes.get(13)).returns(2836L, FileProfile.Column::nulls).returns("0", FileProfile.Column::min)
                .returns("350", FileProfile.Column::max);
    }
}
