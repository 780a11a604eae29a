package io.millrace.local.architecture.broken.jobs;

import io.millrace.local.architecture.broken.core.users.UsersImpl;

public record KnowingUsers(UsersImpl users) {
}
