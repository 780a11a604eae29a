package io.millrace.worker.users;

/** How the rows of a file tell of users. */
interface UserFormat {

    UserFields read(RowText row);
}
