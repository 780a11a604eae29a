package io.millrace.core.files;

import java.util.List;

class PostgresContentTest extends ContentStoreContract {

    @Override
    String name() {
        return PostgresContent.NAME;
    }

    @Override
    List<Pieces> places() {
        return List.of();
    }
}
