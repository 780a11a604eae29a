package io.millrace.local.architecture.broken.core.util;

public record InALayer(int depth) {
}
