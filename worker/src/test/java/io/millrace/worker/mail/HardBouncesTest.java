package io.millrace.worker.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jakarta.mail.internet.InternetAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.QueryTimeoutException;

import io.millrace.worker.mail.smtp.SmtpReply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class HardBouncesTest {

    private final List<String> suppressed = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"550,5.1.1,true", "550,5.1.10,true", "556,5.1.2,true", "450,4.1.1,false", "550,5.7.1,false",
            "552,5.2.2,false", "550,'',false"})
    void suppressesWhatTheServerSaysDoesNotExist(int code, String enhanced, boolean gone) throws Exception {
        new HardBounces(suppressed::add).among(refused(code, enhanced));

        assertThat(suppressed).isEqualTo(gone ? List.of("ann@example.org") : List.of());
    }

    @Test
    void letsTheMailPassWhereTheListCannotBeWritten() throws Exception {
        var refused = refused(550, "5.1.1");
        var bounces = new HardBounces(address -> {
            throw new QueryTimeoutException("no database");
        });

        assertThatCode(() -> bounces.among(refused)).doesNotThrowAnyException();
    }

    private static Map<InternetAddress, SmtpReply> refused(int code, String enhanced) throws Exception {
        return Map.of(new InternetAddress("ann@example.org"), new SmtpReply(code, enhanced));
    }
}
