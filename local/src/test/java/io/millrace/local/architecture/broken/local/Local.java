package io.millrace.local.architecture.broken.local;

/** Stands for what is never deployed. */
public record Local(int port) {
}
