package io.millrace.worker.files;

import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.millrace.worker.files.columns.ColumnProfile;
import io.millrace.worker.files.columns.Columns;

/**
 * Profiles the members of the objects in an NDJSON text, in the order in which their names first appear. A line that is no
 * JSON object, or has more than a Mi characters, is rejected; blank lines do not count. Of members of the same name in
 * one object the first counts.
 */
final class JsonTable {

    private final JsonRecord json = new JsonRecord();
    private final Columns columns = new Columns();
    private final Map<String, Member> members = new HashMap<>();
    private long rows;
    private long rejected;

    private JsonTable() {
    }

    static TableSummary read(Reader text) throws IOException {
        var table = new JsonTable();
        var lines = new TextLines(text);
        while (lines.advance()) {
            table.line(lines);
        }
        return new TableSummary(table.rows, table.rejected, table.columns.describe(table.rows));
    }

    private void line(TextLines line) {
        if (line.isBlank()) {
            return;
        }
        if (line.isTooLong() || !json.read(line.buffer(), line.start(), line.end())) {
            rejected++;
            return;
        }
        rows++;
        var values = json.values();
        for (int i = 0; i < Math.min(values.fields(), Columns.MAX); i++) {
            var member = member(json.name(i));
            if (member != null && member.lastRow != rows) {
                member.lastRow = rows;
                member.add(values, i, json.isString(i));
            }
        }
    }

    private @Nullable Member member(String name) {
        var member = members.get(name);
        if (member == null && !columns.isFull()) {
            member = new Member(columns.add(name));
            members.put(name, member);
        }
        return member;
    }

    /** A column and the row it last had a value in. */
    private static final class Member {

        private final ColumnProfile column;
        private long lastRow;

        Member(ColumnProfile column) {
            this.column = column;
        }

        void add(RecordText values, int value, boolean string) {
            if (string) {
                column.addString(values.text(), values.start(value), values.end(value));
            } else {
                column.add(values.text(), values.start(value), values.end(value));
            }
        }
    }
}
