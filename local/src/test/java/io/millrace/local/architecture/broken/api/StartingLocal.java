package io.millrace.local.architecture.broken.api;

import io.millrace.local.architecture.broken.local.Local;

public record StartingLocal(Local local) {
}
