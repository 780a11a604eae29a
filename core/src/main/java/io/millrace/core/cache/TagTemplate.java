package io.millrace.core.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A tag as {@link CacheResult} writes it, taken apart once.
 *
 * @param texts
 *            what stands before, between and behind the arguments
 * @param arguments
 *            which ones, by their place among the method's parameters
 */
record TagTemplate(List<String> texts, List<Integer> arguments) {

    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\w+)}");

    /**
     * @throws IllegalArgumentException
     *             if it names no parameter
     */
    static TagTemplate of(String tag, List<String> parameters) {
        var texts = new ArrayList<String>();
        var arguments = new ArrayList<Integer>();
        int end = 0;
        var found = ARGUMENT.matcher(tag);
        while (found.find()) {
            int argument = parameters.indexOf(found.group(1));
            if (argument < 0) {
                throw new IllegalArgumentException(
                        "its tags name " + found.group(1) + ", and its parameters are " + parameters);
            }
            texts.add(tag.substring(end, found.start()));
            arguments.add(argument);
            end = found.end();
        }
        texts.add(tag.substring(end));
        return new TagTemplate(List.copyOf(texts), List.copyOf(arguments));
    }

    String with(@Nullable Object... values) {
        if (arguments.isEmpty()) {
            return texts.getFirst();
        }
        var tag = new StringBuilder(texts.getFirst());
        for (int i = 0; i < arguments.size(); i++) {
            tag.append(CacheKey.text(values[arguments.get(i)])).append(texts.get(i + 1));
        }
        return tag.toString();
    }
}
