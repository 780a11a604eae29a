package io.millrace.api.compression;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a client's {@code Accept-Encoding} comes to, by RFC 9110, 12.5.3.
 *
 * @param coding
 *            the one it likes best of those on offer; null to send the content as it is
 * @param plainRefused
 *            the content as it is was ruled out ({@code identity;q=0}), so that even a small one is encoded if it can be
 */
record AcceptedCoding(@Nullable ContentCoding coding, boolean plainRefused) {

    private static final String ANY = "*";
    private static final String IDENTITY = "identity";

    /** Of a request's {@code Accept-Encoding} lines, joined by commas; null if it has none. */
    static AcceptedCoding of(@Nullable String header, Collection<ContentCoding> offered) {
        // Without the header anything may be sent; a client that does not ask may yet not understand it.
        Map<String, Double> weights = header == null ? Map.of() : weights(header);
        double any = weights.getOrDefault(ANY, 0.0);
        ContentCoding best = null;
        // Encoded is better than plain where both are liked as well.
        double bestWeight = weights.getOrDefault(IDENTITY, 0.0);
        for (ContentCoding coding : offered) {
            double weight = weights.getOrDefault(coding.token(), any);
            if (weight > bestWeight || (weight == bestWeight && weight > 0 && best == null)) {
                best = coding;
                bestWeight = weight;
            }
        }
        boolean anyRefused = weights.containsKey(ANY) && any == 0;
        double plain = weights.getOrDefault(IDENTITY, anyRefused ? 0.0 : 1.0);
        return new AcceptedCoding(best, plain == 0);
    }

    private static Map<String, Double> weights(String header) {
        var weights = new HashMap<String, Double>();
        for (String member : header.split(",", -1)) {
            String[] parts = member.split(";", 2);
            String name = parts[0].strip().toLowerCase(Locale.ROOT);
            double weight = parts.length == 1 ? 1 : weight(parts[1].strip());
            // What cannot be read is as if it were not there. RFC 9110, 8.4.1.3: x-gzip is gzip.
            if (!name.isEmpty() && weight >= 0) {
                weights.put(name.equals("x-gzip") ? ContentCoding.GZIP.token() : name, weight);
            }
        }
        return weights;
    }

    /** {@code q=0.5}; negative if it is none. */
    private static double weight(String parameter) {
        String value = parameter.replaceFirst("^[qQ]\\s*=\\s*", "");
        return value.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?") && !value.equals(parameter)
                ? Double.parseDouble(value)
                : -1;
    }
}
