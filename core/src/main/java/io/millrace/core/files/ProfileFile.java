package io.millrace.core.files;

import java.util.UUID;
import jakarta.validation.constraints.NotNull;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/** Reads a stored file once and describes it: format, columns, counts. */
@JobType(name = "profile-file", queue = "files")
public record ProfileFile(@NotNull UUID fileId) implements Job<FileProfile> {
}
