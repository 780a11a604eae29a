package io.millrace.local;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Everything in one process, for one person, with nothing to install; never deployed. {@code mvn spring-boot:run} at the
 * root starts it. Exit code 1 and one sentence if it cannot start.
 */
@SpringBootApplication(scanBasePackages = {"io.millrace.api", "io.millrace.worker", "io.millrace.local"})
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
