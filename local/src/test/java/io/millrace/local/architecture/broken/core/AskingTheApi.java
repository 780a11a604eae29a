package io.millrace.local.architecture.broken.core;

import io.millrace.local.architecture.broken.api.StartingLocal;

public record AskingTheApi(StartingLocal api) {
}
