package io.millrace.local.architecture.broken.core;

import java.time.Clock;

import org.springframework.beans.factory.annotation.Autowired;

public class InjectedField {

    @Autowired
    public Clock clock;
}
