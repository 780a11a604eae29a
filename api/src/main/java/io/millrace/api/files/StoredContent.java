package io.millrace.api.files;

import java.io.InputStream;

import org.springframework.core.io.AbstractResource;

import io.millrace.core.files.FileStore;
import io.millrace.core.files.StoredFile;

/** A stored file as Spring sends one: as a stream, in ranges too. */
final class StoredContent extends AbstractResource {

    private final FileStore files;
    private final StoredFile file;

    StoredContent(FileStore files, StoredFile file) {
        this.files = files;
        this.file = file;
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public long contentLength() {
        return file.size();
    }

    @Override
    public InputStream getInputStream() {
        return files.open(file);
    }

    @Override
    public String getDescription() {
        return "file " + file.id();
    }
}
