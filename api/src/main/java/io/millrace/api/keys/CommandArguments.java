package io.millrace.api.keys;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A command line, taken apart.
 *
 * @param words
 *            what is no option: what to do, and to which key
 * @param options
 *            {@code --name value} or {@code --name=value}
 * @param settings
 *            those with a dot in their name, as Spring Boot takes them
 */
record CommandArguments(List<String> words, Map<String, String> options, List<String> settings) {

    /**
     * Reads it.
     *
     * @throws Misuse
     *             if an option has no value, or is there twice
     */
    static CommandArguments of(List<String> args) {
        List<String> words = new ArrayList<>();
        Map<String, String> options = new LinkedHashMap<>();
        List<String> settings = new ArrayList<>();
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            int equals = arg.indexOf('=');
            String name = equals < 0 ? arg : arg.substring(0, equals);
            if (!arg.startsWith("--")) {
                words.add(arg);
            } else if (name.contains(".")) {
                settings.add(arg);
            } else {
                if (equals < 0 && (i + 1 == args.size() || args.get(i + 1).startsWith("--"))) {
                    throw new Misuse(name + " needs a value.");
                }
                String value = equals < 0 ? args.get(++i) : arg.substring(equals + 1);
                if (options.put(name.substring(2), value) != null) {
                    throw new Misuse(name + " is there twice.");
                }
            }
        }
        return new CommandArguments(List.copyOf(words), options, List.copyOf(settings));
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** What stands between commas, without blanks. */
    List<String> listOption(String name) {
        return option(name).stream().flatMap(value -> List.of(value.split(",", -1)).stream()).map(String::strip)
                .filter(value -> !value.isEmpty()).toList();
    }

    void allow(int wordCount, Set<String> names) {
        if (words.size() != wordCount) {
            throw new Misuse(words.size() > wordCount
                    ? "Too many arguments: " + String.join(" ", words.subList(wordCount, words.size())) + "."
                    : "Which key? Its id is missing.");
        }
        for (String name : options.keySet()) {
            if (!names.contains(name)) {
                throw new Misuse("There is no option --" + name + " here.");
            }
        }
    }
}
