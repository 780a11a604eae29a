package io.millrace.local.architecture.broken.core.users;

public interface AbstractUsers {
}
