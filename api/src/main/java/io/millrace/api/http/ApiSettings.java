package io.millrace.api.http;

import java.util.List;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Who may call, and how much they may send.
 *
 * @param keys
 *            API keys that may do everything; blank ones count as none. More than one, so that keys can be exchanged without a
 *            gap. Others are in the database
 * @param open
 *            serve without a key; only where the server listens on the loopback interface
 * @param maxJsonBody
 *            a larger JSON body is refused with 413
 * @param maxJsonDepth
 *            lists and objects within one another; a deeper body is refused with 400
 * @param maxHeaders
 *            the request line and all headers together, 1 KB to 64 KB; more are refused with 431, a longer request line with 414
 * @param maxHeaderCount
 *            more are refused with 431
 * @param maxParameters
 *            in the query; more are refused with 400
 */
@Validated
@ConfigurationProperties("millrace.api")
record ApiSettings(@DefaultValue List<String> keys, @DefaultValue("false") boolean open,
        @DefaultValue("1MB") @NotNull DataSize maxJsonBody, @DefaultValue("100") @Min(1) @Max(500) int maxJsonDepth,
        @DefaultValue("8KB") @NotNull DataSize maxHeaders, @DefaultValue("100") @Min(10) @Max(1000) int maxHeaderCount,
        @DefaultValue("100") @Min(1) @Max(1000) int maxParameters) {

    private static final DataSize LEAST_HEADERS = DataSize.ofKilobytes(1);
    private static final DataSize MOST_HEADERS = DataSize.ofKilobytes(64);

    ApiSettings {
        keys = keys.stream().map(String::strip).filter(key -> !key.isEmpty()).toList();
        if (maxHeaders.compareTo(LEAST_HEADERS) < 0 || maxHeaders.compareTo(MOST_HEADERS) > 0) {
            throw new IllegalArgumentException("millrace.api.max-headers must be from 1KB to 64KB.");
        }
        if (maxJsonBody.toBytes() <= 0) {
            throw new IllegalArgumentException("millrace.api.max-json-body must be more than nothing.");
        }
    }

    /** Without the keys: settings end up in logs. */
    @Override
    public String toString() {
        return "ApiSettings[keys=" + keys.size() + ", open=" + open + ", maxJsonBody=" + maxJsonBody + ", maxJsonDepth="
                + maxJsonDepth + ", maxHeaders=" + maxHeaders + ", maxHeaderCount=" + maxHeaderCount
                + ", maxParameters=" + maxParameters + "]";
    }
}
