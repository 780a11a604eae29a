package io.millrace.worker.files;

import java.util.HashMap;
import java.util.Map;

/** How many fields the records of a sample have. */
final class RecordWidths implements RecordSink {

    private final Map<Integer, Integer> recordsByWidth = new HashMap<>();
    private int records;
    private int first;

    @Override
    public void accept(RecordText fields) {
        if (records == 0) {
            first = fields.fields();
        }
        records++;
        recordsByWidth.merge(fields.fields(), 1, Integer::sum);
    }

    @Override
    public void reject() {
        // Its width says nothing.
    }

    int records() {
        return records;
    }

    /** Of the first record; 0 without any. */
    int first() {
        return first;
    }

    /** The width of most records, the greater of two; 0 without any. */
    int mostCommon() {
        var order = Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey());
        return recordsByWidth.entrySet().stream().max(order).map(Map.Entry::getKey).orElse(0);
    }

    /** The share of records that are so wide; 0 without any. */
    double share(int width) {
        return records == 0 ? 0 : (double) recordsByWidth.getOrDefault(width, 0) / records;
    }
}
