package io.millrace.local.architecture;

import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** Which library may be seen from where, so that each can be replaced in one place. */
final class LibraryRules {

    private LibraryRules() {
    }

    static ArchRule jobRunrStaysInTheEngine(String base) {
        return noClasses().that()
                .resideOutsideOfPackages(base + ".jobs..", base + ".dashboard..", base + ".worker").should()
                .dependOnClassesThat().resideInAPackage("org.jobrunr..")
                .because("services enqueue by JobQueue and read JobStatus and JobResults; what they lack belongs into"
                        + " jobs, and only the package that starts a worker may set JobRunr up");
    }

    static ArchRule redisStaysInTheCache(String base) {
        return noClasses().that().resideOutsideOfPackage(base + ".core..cache..").should().dependOnClassesThat()
                .resideInAPackage("redis.clients..")
                .because("Redis is only speed and may be down: cache through io.millrace.core.cache, which bears that");
    }

    static ArchRule mailIsSentByTheWorkerOnly(String base) {
        return noClasses().that().resideOutsideOfPackages(base + ".worker..mail..", base + ".local..").should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.mail..", "org.springframework.mail..", "org.eclipse.angus.mail..")
                .because("a mail server may be slow or down: enqueue SendEmail or SendWelcomeEmail, and the worker"
                        + " sends with retries (local only catches mail)");
    }
}
