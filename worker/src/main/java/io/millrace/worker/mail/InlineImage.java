package io.millrace.worker.mail;

import jakarta.activation.DataSource;

/**
 * An image that HTML shows as {@code cid:<id>}.
 *
 * @param id
 *            letters, digits, dots and one {@code @}
 */
record InlineImage(String id, DataSource content) {
}
