package io.millrace.local.architecture.broken.client;

import io.millrace.local.architecture.broken.jobs.KnowingUsers;

public record AskingTheEngine(KnowingUsers jobs) {
}
