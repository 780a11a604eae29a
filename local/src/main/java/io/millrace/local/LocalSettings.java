package io.millrace.local;

import java.nio.file.Path;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where {@code local} keeps its data and what its own servers listen on, always on the loopback interface.
 *
 * @param data
 *            made if it is not there; relative to the working directory
 * @param smtpPort
 *            where mail is caught
 * @param mailPort
 *            the page that shows caught mail
 * @param dashboardManagementPort
 *            health and metrics of the dashboard, which has them of its own
 * @param mails
 *            how many caught mails are kept, at most
 */
@Validated
@ConfigurationProperties("millrace.local")
record LocalSettings(@DefaultValue(".millrace") @NotNull Path data,
        @DefaultValue("15432") @Min(1) @Max(65535) int postgresPort,
        @DefaultValue("16379") @Min(1) @Max(65535) int redisPort,
        @DefaultValue("1025") @Min(1) @Max(65535) int smtpPort,
        @DefaultValue("8025") @Min(1) @Max(65535) int mailPort,
        @DefaultValue("8083") @Min(1) @Max(65535) int dashboardManagementPort,
        @DefaultValue("500") @Min(1) @Max(100_000) int mails) {
}
