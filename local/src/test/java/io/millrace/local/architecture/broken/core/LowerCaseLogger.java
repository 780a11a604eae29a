package io.millrace.local.architecture.broken.core;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public final class LowerCaseLogger {

    private static final Logger log = LoggerFactory.getLogger(LowerCaseLogger.class);

    public void speak() {
        log.info("in lower case");
    }
}
