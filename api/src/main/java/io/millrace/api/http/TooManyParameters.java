package io.millrace.api.http;

import org.apache.tomcat.util.http.InvalidParameterException;
import org.apache.tomcat.util.http.Parameters;
import org.apache.tomcat.util.res.StringManager;

/** Tomcat has one type for all that a query can have wrong, and tells in words which it was. */
final class TooManyParameters {

    private static final String WORDS = StringManager.getManager(Parameters.class)
            .getString("parameters.maxCountFail", "").split("\\[", 2)[0];

    private TooManyParameters() {
    }

    static boolean isWhy(InvalidParameterException exception) {
        return String.valueOf(exception.getMessage()).startsWith(WORDS);
    }
}
