package io.millrace.jobs.sample;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A service of its own: it embeds the engine by having it on the classpath. */
@SpringBootApplication
public class ShopApplication {
}
