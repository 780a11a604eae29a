package io.millrace.core.files;

import java.io.IOException;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows a content to ClamAV before its file is READY, where the settings name one. What was not seen is not let through. */
@Component
final class VirusScan {

    private static final Pattern FOUND = Pattern.compile("stream: (\\P{Cntrl}{1,200}) FOUND");

    private final ContentStores stores;
    private final @Nullable Clamd clamd;

    VirusScan(ContentStores stores, FilesProperties properties) {
        this.stores = stores;
        this.clamd = properties.antivirus() == null ? null : new Clamd(properties.antivirus());
    }

    /**
     * Lets pass what is clean. Not to be called within a transaction; all of the content is in the store.
     *
     * @throws InfectedFile
     *             if something is found
     * @throws UnscannableFile
     *             if it is longer than the scanner takes
     * @throws ContentUnavailable
     *             if the scanner cannot be reached, takes too long, or has no answer
     */
    void require(UUID file, long size) throws IOException {
        if (clamd == null) {
            return;
        }
        String answer;
        try (var content = new FileContent(stores, file, size)) {
            answer = clamd.scan(content);
        }
        Matcher found = FOUND.matcher(answer);
        if (found.matches()) {
            throw new InfectedFile(found.group(1));
        }
        if (answer.contains("size limit exceeded")) {
            throw new UnscannableFile();
        }
        if (!answer.equals("stream: OK")) {
            throw new ContentUnavailable("the virus scanner could not scan file " + file, null);
        }
    }
}
