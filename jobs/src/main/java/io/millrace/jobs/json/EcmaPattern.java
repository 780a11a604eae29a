package io.millrace.jobs.json;

import java.util.Optional;
import java.util.regex.Pattern;

/** A regular expression of Java's that a whole text has to match, as JSON Schema writes it, which has ECMAScript's. */
final class EcmaPattern {

    /** What both read alike: plain characters, classes without intersections, groups, and categories of Unicode. */
    private static final Pattern SAME = Pattern
            .compile("""
                     (?x)(?:
                       [^\\\\\\[\\](){}*+?.|^$&]
                       | \\\\[\\\\.\\[\\](){}*+?|^$/tnrfd-]
                       | \\\\[pP]\\{(?:[LMNPSZC]|L[ulotm]|N[dlo]|Z[slp]|C[cfo]|P[cdseifo]|S[mcko])\\}
                       | \\\\u[0-9a-fA-F]{4} | \\\\x[0-9a-fA-F]{2}
                       | \\(\\?: | [()|] | (?<![*+?}])[*+?](?![+]) | (?<=[*+?}])\\?
                       | \\{\\d+(?:,\\d*)?\\}(?![+])
                       | \\[\\^?(?:[^\\\\\\[\\]&] | \\\\[\\\\.\\[\\](){}*+?|^$/tnrfd-]
                           | \\\\[pP]\\{(?:[LMNPSZC]|L[ulotm]|N[dlo]|Z[slp]|C[cfo]|P[cdseifo]|S[mcko])\\}
                           | \\\\u[0-9a-fA-F]{4} | \\\\x[0-9a-fA-F]{2})+\\]
                     )*+""");

    private EcmaPattern() {
    }

    /** Empty for one that would be read otherwise there. */
    static Optional<String> of(String regexp) {
        String same = regexp.replace("[\\p{Cntrl}]", "[\\x00-\\x1f\\x7f]").replace("[^\\p{Cntrl}]",
                "[^\\x00-\\x1f\\x7f]");
        return SAME.matcher(same).matches() ? Optional.of("^(?:" + same + ")$") : Optional.empty();
    }
}
