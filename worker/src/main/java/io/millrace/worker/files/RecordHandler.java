package io.millrace.worker.files;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import org.jspecify.annotations.Nullable;

/** Collects the fields FastCSV finds and hands each record on; creates no object for either. */
final class RecordHandler extends AbstractBaseCsvCallbackHandler<RecordText> {

    private final FieldTrail trail;
    private final RecordSink sink;
    private final RecordText fields = new RecordText();
    private boolean endedWithinQuotes;

    RecordHandler(FieldTrail trail, RecordSink sink) {
        this.trail = trail;
        this.sink = sink;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        fields.clear();
    }

    @Override
    protected void handleField(int field, char[] buffer, int offset, int length, boolean quoted) {
        trail.completed(offset, quoted);
        fields.addStripped(buffer, offset, offset + length);
    }

    /** Null says that the record needs no further treatment. */
    @Override
    protected @Nullable RecordText buildRecord() {
        if (getRecordType() == RecordType.EMPTY) {
            return null;
        }
        endedWithinQuotes = trail.endsWithinQuotes();
        if (endedWithinQuotes) {
            return null;
        }
        if (fields.isTooLong()) {
            sink.reject();
        } else {
            sink.accept(fields);
        }
        return null;
    }

    /** Whether the last record was left out because its last quote is not closed. */
    boolean endedWithinQuotes() {
        return endedWithinQuotes;
    }
}
