package io.millrace.worker.users;

/**
 * Rows that are kept in one transaction.
 *
 * @param after
 *            the number of the row before them, with which the last chunk ended
 * @param upTo
 *            that of the last of them
 * @param users
 *            email and name
 * @param rejects
 *            the job's id, row number, reason and original
 * @param bytes
 *            of the file that were read for it and all before
 * @param last
 *            whether the file ends with it
 */
record Chunk(long after, long upTo, CopyRows users, CopyRows rejects, long bytes, boolean last) {

    int rows() {
        return users.rows() + rejects.rows();
    }
}
