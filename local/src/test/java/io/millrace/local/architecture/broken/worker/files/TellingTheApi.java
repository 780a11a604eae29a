package io.millrace.local.architecture.broken.worker.files;

import io.millrace.local.architecture.broken.api.StartingLocal;

public record TellingTheApi(StartingLocal api) {
}
