package io.millrace.local.architecture;

import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** Which module may know which. {@code base} is the package that holds the modules. */
final class ModuleRules {

    private ModuleRules() {
    }

    static ArchRule apiKnowsOnlyCore(String base) {
        return noClasses().that().resideInAPackage(base + ".api..").should().dependOnClassesThat()
                .resideInAnyPackage(base + ".worker..", base + ".dashboard..")
                .because("api answers while the worker may be down or older: put what both must agree on into core,"
                        + " and reach the worker by a job");
    }

    static ArchRule workerKnowsOnlyCore(String base) {
        return noClasses().that().resideInAPackage(base + ".worker..").should().dependOnClassesThat()
                .resideInAnyPackage(base + ".api..", base + ".dashboard..")
                .because("a worker runs where no API does: put what both must agree on into core, and hand results"
                        + " back as the job's result");
    }

    static ArchRule dashboardKnowsOnlyJobs(String base) {
        return noClasses().that().resideInAPackage(base + ".dashboard..").should().dependOnClassesThat()
                .resideInAnyPackage(base + ".api..", base + ".worker..", base + ".core..")
                .because("the dashboard shows queues, not users or files: what it needs of a job belongs into jobs");
    }

    static ArchRule coreKnowsNoApp(String base) {
        return noClasses().that().resideInAPackage(base + ".core..").should().dependOnClassesThat()
                .resideInAnyPackage(base + ".api..", base + ".worker..", base + ".dashboard..")
                .because("core is what api and worker share: move the class down into core, or the caller up into the"
                        + " app that needs it");
    }

    static ArchRule jobsKnowsNoDomain(String base) {
        return noClasses().that().resideInAPackage(base + ".jobs..").should().dependOnClassesThat()
                .resideInAnyPackage(base + ".core..", base + ".api..", base + ".worker..", base + ".dashboard..")
                .because("jobs is a library that other services embed: give it an interface, and let core or the"
                        + " service implement it");
    }

    static ArchRule clientKnowsNothingOfOurs(String base) {
        return classes().that().resideInAPackage(base + ".client..").should().onlyDependOnClassesThat()
                .resideInAnyPackage(base + ".client..", "java..", "tools.jackson..", "org.jspecify..")
                .because(
                        "services that are not ours carry the client about, on Java 17: the JDK's HttpClient and Jackson"
                                + " are all it may ask for, and what the server answers it says in records of its own");
    }

    static ArchRule nothingDeployedKnowsLocal(String base) {
        return noClasses().that().resideOutsideOfPackages(base + ".local..", base + ".testkit..").should()
                .dependOnClassesThat().resideInAnyPackage(base + ".local..", base + ".testkit..")
                .because("local and testkit are never deployed: let local set a property, and read the property");
    }
}
