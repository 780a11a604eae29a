package io.millrace.api.http;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Who may call, and how much they may send.
 *
 * @param keys
 *            the API keys; blank ones count as none. More than one, so that keys can be exchanged without a gap
 * @param open
 *            serve without a key; only where the server listens on the loopback interface
 * @param maxJsonBody
 *            a larger JSON body is refused with 413
 */
@ConfigurationProperties("millrace.api")
record ApiSettings(@DefaultValue List<String> keys, @DefaultValue("false") boolean open,
        @DefaultValue("1MB") DataSize maxJsonBody) {

    ApiSettings {
        keys = keys.stream().map(String::strip).filter(key -> !key.isEmpty()).toList();
    }

    /** Without the keys: settings end up in logs. */
    @Override
    public String toString() {
        return "ApiSettings[keys=" + keys.size() + ", open=" + open + ", maxJsonBody=" + maxJsonBody + "]";
    }
}
