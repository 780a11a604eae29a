package io.millrace.worker.files;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.millrace.worker.files.columns.ColumnProfile;
import io.millrace.worker.files.columns.Columns;

/**
 * Profiles the members of JSON objects, a line each or the elements of one array, in the order in which their names first
 * appear. A piece that is no JSON object, or has more than a Mi characters, is rejected; blank ones do not count. Of members
 * of the same name in one object the first counts.
 */
final class JsonTable {

    private final JsonRecord json = new JsonRecord();
    private final Columns columns = new Columns();
    private final Map<String, Member> members = new HashMap<>();
    private long rows;
    private long rejected;

    private JsonTable() {
    }

    static TableSummary read(TextPieces pieces) throws IOException {
        var table = new JsonTable();
        while (pieces.advance()) {
            table.piece(pieces);
        }
        return new TableSummary(table.rows, table.rejected, table.columns.describe(table.rows));
    }

    private void piece(TextPieces piece) {
        if (piece.isBlank()) {
            return;
        }
        if (piece.isUnusable() || !json.read(piece.buffer(), piece.start(), piece.end())) {
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
