package io.millrace.worker.http;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RelativeAddressTest {

    /** All of RFC 3986, 5.4, but for fragments, which are not sent. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', commentCharacter = '~', textBlock = """
                                                                    g:h|g:h
                                                                    g|http://a/b/c/g
                                                                    ./g|http://a/b/c/g
                                                                    g/|http://a/b/c/g/
                                                                    /g|http://a/g
                                                                    //g|http://g
                                                                    ?y|http://a/b/c/d;p?y
                                                                    g?y|http://a/b/c/g?y
                                                                    #s|http://a/b/c/d;p?q
                                                                    g#s|http://a/b/c/g
                                                                    g?y#s|http://a/b/c/g?y
                                                                    ;x|http://a/b/c/;x
                                                                    g;x|http://a/b/c/g;x
                                                                    g;x?y#s|http://a/b/c/g;x?y
                                                                    ''|http://a/b/c/d;p?q
                                                                    .|http://a/b/c/
                                                                    ./|http://a/b/c/
                                                                    ..|http://a/b/
                                                                    ../|http://a/b/
                                                                    ../g|http://a/b/g
                                                                    ../..|http://a/
                                                                    ../../|http://a/
                                                                    ../../g|http://a/g
                                                                    ../../../g|http://a/g
                                                                    ../../../../g|http://a/g
                                                                    /./g|http://a/g
                                                                    /../g|http://a/g
                                                                    g.|http://a/b/c/g.
                                                                    .g|http://a/b/c/.g
                                                                    g..|http://a/b/c/g..
                                                                    ..g|http://a/b/c/..g
                                                                    ./../g|http://a/b/g
                                                                    ./g/.|http://a/b/c/g/
                                                                    g/./h|http://a/b/c/g/h
                                                                    g/../h|http://a/b/c/h
                                                                    g;x=1/./y|http://a/b/c/g;x=1/y
                                                                    g;x=1/../y|http://a/b/c/y
                                                                    g?y/./x|http://a/b/c/g?y/./x
                                                                    g?y/../x|http://a/b/c/g?y/../x
                                                                    g#s/../x|http://a/b/c/g
                                                                    http:g|http:g
                                                                    """)
    void leadsWhereTheRfcsExamplesDo(String reference, String address) {
        assertThat(RelativeAddress.resolve("http://a/b/c/d;p?q", reference)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({"http://a.example, x, http://a.example/x", "http://a.example, ?page=2, http://a.example?page=2",
            "http://a.example/a/b, ?page=2, http://a.example/a/b?page=2",
            "http://a.example/a/b, ../../x, http://a.example/x"})
    void leadsThereFromWhateverWasCalled(String called, String reference, String address) {
        assertThat(RelativeAddress.resolve(called, reference)).isEqualTo(address);
    }
}
