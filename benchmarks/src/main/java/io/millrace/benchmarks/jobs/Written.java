package io.millrace.benchmarks.jobs;

/**
 * What a server has written so far, all databases together.
 *
 * @param transactions
 *            that wrote something
 * @param walBytes
 *            of its log
 */
record Written(long transactions, long walBytes) {

    Written since(Written before) {
        return new Written(transactions - before.transactions, walBytes - before.walBytes);
    }
}
