package io.millrace.api.keys;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.millrace.api.ApiUnderTest;
import io.millrace.api.ApiUnderTest.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/** An API that asks for keys, with one in its settings. */
final class ClosedApi {

    static final String CONFIGURED = "Bearer of-the-settings";

    private static final Pattern KEY = Pattern.compile("\"key\":\"(mr_[0-9a-z]{12}_[0-9A-Za-z]{49})\"");

    private ClosedApi() {
    }

    static ApiUnderTest startOn(String jdbcUrl) {
        return ApiUnderTest.startOn(jdbcUrl, "millrace.api.open=false", "millrace.api.keys=of-the-settings");
    }

    /** A new key as {@code Authorization} shows it. */
    static String make(ApiUnderTest api, String body) {
        Answer answer = api.post("/api-keys", body, "Authorization", CONFIGURED);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return "Bearer " + text(answer);
    }

    static String text(Answer answer) {
        Matcher key = KEY.matcher(answer.body());
        assertThat(key.find()).as(answer.body()).isTrue();
        return key.group(1);
    }

    static String id(String authorization) {
        return authorization.substring("Bearer mr_".length(), "Bearer mr_".length() + 12);
    }
}
