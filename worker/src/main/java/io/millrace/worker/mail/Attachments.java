package io.millrace.worker.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.springframework.stereotype.Component;

import io.millrace.core.files.FileStore;
import io.millrace.core.files.StoredFile;
import io.millrace.jobs.PermanentFailure;

/** Finds the files that come with a letter. */
@Component
final class Attachments {

    private final FileStore store;
    private final MailSettings settings;

    Attachments(FileStore store, MailSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /**
     * In this order.
     *
     * @throws PermanentFailure
     *             if one is not there, or they are too large together
     */
    List<Attachment> find(List<UUID> ids) {
        var found = new ArrayList<Attachment>();
        long bytes = 0;
        for (UUID id : ids) {
            StoredFile file = store.find(id)
                    .orElseThrow(() -> new PermanentFailure("there is no file " + id + " to attach"));
            bytes += file.size();
            found.add(new Attachment(file, store));
        }
        if (bytes > settings.maxAttachments().toBytes()) {
            throw new PermanentFailure("the attachments have %d bytes together, more than the %d of %s"
                    .formatted(bytes, settings.maxAttachments().toBytes(), "millrace.mail.max-attachments"));
        }
        return found;
    }
}
