package io.millrace.jobs;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;

import org.jspecify.annotations.Nullable;

/** What a failure in the database says about the statements that come next. */
final class SqlFailure {

    /** Of Postgres: no space left on the device. */
    private static final String DISK_FULL = "53100";
    /** The same: a lock was not to be had within the time for it. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private SqlFailure() {
    }

    /** Whether the database is away or going, so that what comes next fails as well. */
    static boolean isOfTheConnection(Throwable e) {
        return e instanceof SQLTransientConnectionException || e instanceof SQLNonTransientConnectionException
                || stateOf(e).startsWith("08") || stateOf(e).startsWith("57P");
    }

    /** Whether the database has no space left: nothing can be written until somebody makes some, but it is there. */
    static boolean isOfAFullDisk(Throwable e) {
        return stateOf(e).equals(DISK_FULL);
    }

    /** Whether somebody else holds the row: the same may go through a moment later. */
    static boolean isOfAHeldRow(@Nullable Throwable e) {
        return stateOf(e).equals(LOCK_NOT_AVAILABLE);
    }

    /** Whether what was to be written is at fault, and fails again wherever it is written; others do not. */
    static boolean isOfTheData(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (stateOf(cause).startsWith("22") || stateOf(cause).startsWith("23")) {
                return true;
            }
        }
        return false;
    }

    private static String stateOf(@Nullable Throwable e) {
        return e instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "";
    }
}
