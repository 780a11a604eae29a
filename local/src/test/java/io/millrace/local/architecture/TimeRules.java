package io.millrace.local.architecture;

import java.time.Clock;
import java.util.Date;
import java.util.Set;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** Time is a parameter. {@code System.nanoTime()} for elapsed time is free. */
final class TimeRules {

    private static final Set<String> CLOCK_FACTORIES = Set.of("system", "systemUTC", "systemDefaultZone",
            "tickMillis", "tickSeconds", "tickMinutes");

    private TimeRules() {
    }

    static ArchRule timeComesFromTheClock(String base) {
        return noClasses().that().resideInAPackage(base + "..").should()
                .accessTargetWhere(DescribedPredicate.describe("the machine's time is read", TimeRules::readsTheTime))
                .because("a test must be able to set the time: take the Clock bean in the constructor and ask"
                        + " clock.instant()");
    }

    private static boolean readsTheTime(JavaAccess<?> access) {
        var target = access.getTarget();
        String owner = target.getOwner().getName();
        if (owner.startsWith("java.time.") && target.getName().equals("now")) {
            return parameters(target).noneMatch(type -> type.isEquivalentTo(Clock.class));
        }
        if (owner.equals(Clock.class.getName()) && CLOCK_FACTORIES.contains(target.getName())) {
            return !access.getOrigin().isAnnotatedWith("org.springframework.context.annotation.Bean");
        }
        if (owner.equals(Date.class.getName()) && target.getName().equals("<init>")) {
            return parameters(target).findAny().isEmpty();
        }
        return owner.equals(System.class.getName()) && target.getName().equals("currentTimeMillis");
    }

    private static Stream<JavaClass> parameters(AccessTarget target) {
        return target instanceof CodeUnitAccessTarget method ? method.getRawParameterTypes().stream() : Stream.empty();
    }
}
