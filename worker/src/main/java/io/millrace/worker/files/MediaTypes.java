package io.millrace.worker.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;

import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;

/** Names the media type of a content, by Apache Tika's table of magic bytes. */
final class MediaTypes {

    private static final Set<MediaType> TABLES = Set.of(MediaType.text("csv"), MediaType.text("tab-separated-values"),
            MediaType.application("x-ndjson"), MediaType.application("jsonl"));

    private final MimeTypes known = MimeTypes.getDefaultMimeTypes();

    /** By the content alone. */
    MediaType ofContent(ByteHead head) throws IOException {
        return known.detect(new ByteArrayInputStream(head.bytes()), new Metadata());
    }

    /** By the content, refined by the name where it is no table: a ZIP file called .docx is a document. */
    MediaType of(ByteHead head, FileHints hints) throws IOException {
        var metadata = new Metadata();
        metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, hints.name());
        var type = known.detect(new ByteArrayInputStream(head.bytes()), metadata);
        return TABLES.contains(type) ? ofContent(head) : type;
    }
}
