package io.millrace.api.unsubscribe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.core.io.ClassPathResource;

/** The pages, {@code <name>.<language>.html} beside this class; they say nothing of whose link it is. */
final class UnsubscribePage {

    private static final Map<String, byte[]> PAGES = new ConcurrentHashMap<>();

    private UnsubscribePage() {
    }

    static byte[] of(String name, String language) {
        return PAGES.computeIfAbsent(name + "." + language + ".html", UnsubscribePage::read).clone();
    }

    private static byte[] read(String file) {
        try {
            return new ClassPathResource(file, UnsubscribePage.class).getContentAsByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
