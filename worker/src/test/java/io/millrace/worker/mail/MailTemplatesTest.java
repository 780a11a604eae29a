package io.millrace.worker.mail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

class MailTemplatesTest {

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}]*)}");

    @ParameterizedTest
    @EnumSource
    void areTheSameInEachLanguage(MailLanguage language) throws Exception {
        Set<String> files = files(MailLanguage.ENGLISH);

        assertThat(files).contains("welcome.html", "password-reset.txt", "weekly-digest.subject.txt");
        assertThat(files(language)).as("templates in " + language).isEqualTo(files);
        for (String file : files) {
            assertThat(variables(language, file)).as("variables of " + file + " in " + language)
                    .isEqualTo(variables(MailLanguage.ENGLISH, file));
        }
    }

    @ParameterizedTest
    @EnumSource
    void haveTextHtmlAndSubjectOfEachMail(MailLanguage language) throws Exception {
        Set<String> files = files(language);

        assertThat(files.stream().map(file -> file.split("\\.", 2)[0]).distinct()).allSatisfy(
                name -> assertThat(files).contains(name + ".txt", name + ".html", name + ".subject.txt"));
    }

    @Test
    void areNotEnglishElsewhere() throws Exception {
        for (String file : files(MailLanguage.ENGLISH)) {
            assertThat(text(MailLanguage.RUSSIAN, file)).as(file).containsPattern("[а-яё]{3}");
        }
    }

    @ParameterizedTest
    @CsvSource({"ru, RUSSIAN", "ru-RU, RUSSIAN", "RU-cyrl, RUSSIAN", "en-GB, ENGLISH", "de-CH, ENGLISH", "x, ENGLISH"})
    void areInTheLanguageOfTheReaderOrElseInEnglish(String tag, MailLanguage language) {
        assertThat(MailLanguage.of(tag)).isEqualTo(language);
    }

    private static Set<String> files(MailLanguage language) throws IOException {
        return Arrays.stream(new PathMatchingResourcePatternResolver()
                .getResources("classpath:templates/mail/" + language.folder() + "/*"))
                .map(file -> Objects.requireNonNull(file.getFilename())).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> variables(MailLanguage language, String file) throws IOException {
        return EXPRESSION.matcher(text(language, file)).results().map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String text(MailLanguage language, String file) throws IOException {
        return new ClassPathResource("templates/mail/" + language.folder() + "/" + file)
                .getContentAsString(StandardCharsets.UTF_8);
    }
}
