package io.millrace.api.export;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.api.ApiUnderTest;

/** An API whose exports read each user in a statement of her own, and nobody in its database at the start of a test. */
class OneUserABatch {

    @SuppressWarnings("NullAway.Init")
    static ApiUnderTest api;

    @BeforeAll
    static void start() {
        api = ApiUnderTest.start("millrace.api.export.batch-size=1");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @BeforeEach
    void startFromNothing() {
        api.bean(JdbcClient.class).sql("truncate users cascade").update();
    }
}
