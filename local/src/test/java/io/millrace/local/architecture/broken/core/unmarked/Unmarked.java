package io.millrace.local.architecture.broken.core.unmarked;

/** Its package has no package-info.java, on purpose. */
public record Unmarked(String mayBeNull) {
}
