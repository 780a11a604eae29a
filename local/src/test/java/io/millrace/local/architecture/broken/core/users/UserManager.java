package io.millrace.local.architecture.broken.core.users;

public record UserManager(int count) {
}
