package io.millrace.local.architecture.broken.api;

import io.millrace.local.architecture.broken.worker.files.TellingTheApi;

public record StartingAWorker(TellingTheApi worker) {
}
