package io.millrace.api.docs;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.DigestUtils;

/** A file that is served as it was built, and the tag by which a browser knows that it has it. */
final class DocsFile {

    private final byte[] content;
    private final String tag;

    private DocsFile(byte[] content) {
        this.content = content;
        this.tag = "\"" + DigestUtils.md5DigestAsHex(content) + "\"";
    }

    /** One beside this class. */
    static DocsFile ours(String name) {
        return read(new ClassPathResource(name, DocsFile.class));
    }

    /** One of Swagger UI, of whatever version is in the jar. */
    static DocsFile swaggerUi(String name) {
        try {
            Resource[] found = new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:META-INF/resources/webjars/swagger-ui/*/" + name);
            if (found.length != 1) {
                throw new IllegalStateException("there must be one Swagger UI: " + found.length + " have " + name);
            }
            return read(found[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] content() {
        return content;
    }

    String tag() {
        return tag;
    }

    private static DocsFile read(Resource file) {
        try {
            return new DocsFile(file.getContentAsByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
