package io.millrace.local.architecture.broken.dashboard;

import io.millrace.local.architecture.broken.core.users.UsersImpl;

public record ShowingUsers(UsersImpl users) {
}
