package io.millrace.local;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.servlet.OAuth2ClientWebSecurityAutoConfiguration;

/**
 * Everything in one process, for one person, with nothing to install; never deployed. {@code mvn spring-boot:run} at the
 * root starts it. Exit code 1 and one sentence if it cannot start.
 */
@SpringBootApplication(scanBasePackages = {"io.millrace.api", "io.millrace.worker", "io.millrace.local"}, exclude = {
        // The dashboard's, which is an application beside this one.
        SecurityAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class,
        ServletWebSecurityAutoConfiguration.class, ManagementWebSecurityAutoConfiguration.class,
        OAuth2ClientAutoConfiguration.class, OAuth2ClientWebSecurityAutoConfiguration.class})
public class LocalApplication {

    public static void main(String[] args) {
        try {
            var application = new SpringApplication(LocalApplication.class);
            application.addInitializers(new StartServers());
            application.run(args);
        } catch (RuntimeException e) {
            // Spring Boot has said why. The threads of what did start would keep the process alive.
            System.exit(1);
        }
    }
}
