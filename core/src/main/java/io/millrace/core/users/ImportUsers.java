package io.millrace.core.users;

import java.util.UUID;
import jakarta.validation.constraints.NotNull;

import org.jspecify.annotations.Nullable;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/**
 * Makes users of the rows of a stored CSV, TSV or NDJSON file, each row exactly once, however often the job is run.
 *
 * @param sendWelcome
 *            whether each new user is to get the welcome mail; null for no
 */
@JobType(name = "import-users", queue = "files", timeLimit = "P7D")
public record ImportUsers(@NotNull UUID fileId, @Nullable Boolean sendWelcome) implements Job<UsersImported> {
}
