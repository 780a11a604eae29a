package io.millrace.local.architecture;

import java.util.function.Function;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.millrace.local.architecture.broken.api.MailingUsers;
import io.millrace.local.architecture.broken.api.StartingAWorker;
import io.millrace.local.architecture.broken.api.StartingLocal;
import io.millrace.local.architecture.broken.client.AskingTheEngine;
import io.millrace.local.architecture.broken.core.AskingTheApi;
import io.millrace.local.architecture.broken.core.InjectedField;
import io.millrace.local.architecture.broken.core.LowerCaseLogger;
import io.millrace.local.architecture.broken.core.ReadingTheTime;
import io.millrace.local.architecture.broken.core.unmarked.Unmarked;
import io.millrace.local.architecture.broken.core.users.AbstractUsers;
import io.millrace.local.architecture.broken.core.users.CachingInRedis;
import io.millrace.local.architecture.broken.core.users.UserManager;
import io.millrace.local.architecture.broken.core.users.UsersImpl;
import io.millrace.local.architecture.broken.core.util.InALayer;
import io.millrace.local.architecture.broken.dashboard.ShowingUsers;
import io.millrace.local.architecture.broken.jobs.KnowingUsers;
import io.millrace.local.architecture.broken.worker.files.SchedulingInJobRunr;
import io.millrace.local.architecture.broken.worker.files.TellingTheApi;

import static com.tngtech.archunit.core.importer.ImportOption.Predefined.DO_NOT_INCLUDE_TESTS;
import static org.assertj.core.api.Assertions.assertThat;

/** Every rule holds for all main code, and is proved able to fail by a class that breaks it. */
class ArchitectureTest {

    private static final String BROKEN = "io.millrace.local.architecture.broken";
    private static final JavaClasses MILLRACE = new ClassFileImporter().withImportOption(DO_NOT_INCLUDE_TESTS)
            .importPackages("io.millrace");
    private static final JavaClasses SAMPLES = new ClassFileImporter().importPackages(BROKEN);

    static Stream<Arguments> rules() {
        return Stream.of(rule("api knows only core", ModuleRules::apiKnowsOnlyCore, StartingAWorker.class),
                rule("worker knows only core", ModuleRules::workerKnowsOnlyCore, TellingTheApi.class),
                rule("dashboard knows only jobs", ModuleRules::dashboardKnowsOnlyJobs, ShowingUsers.class),
                rule("core knows no app", ModuleRules::coreKnowsNoApp, AskingTheApi.class),
                rule("jobs knows no domain", ModuleRules::jobsKnowsNoDomain, KnowingUsers.class),
                rule("client knows nothing of ours", ModuleRules::clientKnowsNothingOfOurs, AskingTheEngine.class),
                rule("nothing deployed knows local", ModuleRules::nothingDeployedKnowsLocal, StartingLocal.class),
                rule("JobRunr stays in the engine", LibraryRules::jobRunrStaysInTheEngine, SchedulingInJobRunr.class),
                rule("Redis stays in the cache", LibraryRules::redisStaysInTheCache, CachingInRedis.class),
                rule("mail is sent by the worker", LibraryRules::mailIsSentByTheWorkerOnly, MailingUsers.class),
                rule("classes are named by their role", StyleRules::classesAreNamedByTheirRole, UsersImpl.class,
                        AbstractUsers.class, UserManager.class),
                rule("packages are features", StyleRules::packagesAreFeatures, InALayer.class),
                rule("packages are @NullMarked", StyleRules::packagesAreNullMarked, Unmarked.class),
                rule("dependencies come by constructor", StyleRules::dependenciesComeByConstructor,
                        InjectedField.class),
                rule("loggers are called LOG", StyleRules::loggersAreCalledLog, LowerCaseLogger.class),
                rule("time comes from the Clock", TimeRules::timeComesFromTheClock, ReadingTheTime.OfAnInstant.class,
                        ReadingTheTime.OfADate.class, ReadingTheTime.ByReference.class,
                        ReadingTheTime.InMilliseconds.class, ReadingTheTime.FromAClockOfItsOwn.class));
    }

    private static Arguments rule(String name, Function<String, ArchRule> rule, Class<?>... broken) {
        return Arguments.of(Named.of(name, rule), broken);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void findsNothingInMillrace(Function<String, ArchRule> rule, Class<?>[] broken) {
        rule.apply("io.millrace").check(MILLRACE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void findsEachClassThatBreaksTheRule(Function<String, ArchRule> rule, Class<?>[] broken) {
        var found = rule.apply(BROKEN).evaluate(SAMPLES).getFailureReport().getDetails();

        assertThat(broken).allSatisfy(type -> assertThat(found).anyMatch(line -> line.contains(type.getName())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void tellsWhatToDoInstead(Function<String, ArchRule> rule, Class<?>[] broken) {
        assertThat(rule.apply("io.millrace").getDescription()).contains(", because ");
    }

    @Test
    void seesEveryModule() {
        assertThat(Stream.of("client", "jobs", "core", "api", "worker", "dashboard", "local"))
                .allMatch(module -> MILLRACE.containPackage("io.millrace." + module));
    }
}
