package io.millrace.api;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

import io.millrace.api.keys.KeysCommand;

/** The process that serves the HTTP API; with {@code keys} as its first argument, the operator's command for keys. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ApiApplication {

    public static void main(String[] args) {
        if (KeysCommand.isMeant(args)) {
            System.exit(KeysCommand.run(args, System.out, System.err));
        }
        SpringApplication.run(ApiApplication.class, args);
    }
}
