package io.millrace.worker.files;

import java.util.List;

import io.millrace.core.files.FileProfile;

/** What reading a table's records came to. */
record TableSummary(long rows, long rejectedRows, List<FileProfile.Column> columns) {
}
