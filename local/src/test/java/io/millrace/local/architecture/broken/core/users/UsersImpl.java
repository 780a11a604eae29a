package io.millrace.local.architecture.broken.core.users;

public record UsersImpl(int count) {
}
