package io.millrace.local.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

/** How classes are named, laid out and put together. */
final class StyleRules {

    private static final String VAGUE_NAME = "(Abstract.*)|(.*(Impl|Utils?|Helpers?|Managers?))";

    private StyleRules() {
    }

    static ArchRule classesAreNamedByTheirRole(String base) {
        return noClasses().that().resideInAPackage(base + "..")
                .should(new ArchCondition<>("have a vague name") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        events.add(new SimpleConditionEvent(type, type.getSimpleName().matches(VAGUE_NAME),
                                type.getName() + " has a vague name"));
                    }
                })
                .because("a name says what the class does in the flow: a noun for a thing (TwoLevelCache), a verb for"
                        + " an action (RegisterUser)");
    }

    static ArchRule packagesAreFeatures(String base) {
        return noClasses().that().resideInAPackage(base + "..").should()
                .resideInAnyPackage("..service..", "..services..", "..impl..", "..util..", "..utils..", "..model..",
                        "..config..", "..common..", "..helper..", "..dto..", "..repository..", "..controller..")
                .because("packages are features (users, files, mail), so that what changes together lies together:"
                        + " move the class to the feature that uses it");
    }

    static ArchRule packagesAreNullMarked(String base) {
        return classes().that().resideInAPackage(base + "..")
                .should(new ArchCondition<>("be in a package marked @NullMarked") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        events.add(new SimpleConditionEvent(type,
                                type.getPackage().isAnnotatedWith(NullMarked.class),
                                type.getName() + " is in " + type.getPackageName() + ", which is not @NullMarked"));
                    }
                })
                .because("NullAway checks marked packages only: add a package-info.java with @NullMarked and one"
                        + " sentence on what the package is for");
    }

    static ArchRule dependenciesComeByConstructor(String base) {
        return noFields().that()
                .areDeclaredInClassesThat(describe("are ours", type -> type.getPackageName().startsWith(base)))
                .should().beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .orShould().beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
                .orShould().beAnnotatedWith("jakarta.annotation.Resource")
                .because("a class that says in its constructor what it needs can be made in a test without Spring;"
                        + " settings come as a @ConfigurationProperties record");
    }

    static ArchRule loggersAreCalledLog(String base) {
        return fields().that()
                .areDeclaredInClassesThat(describe("are ours", type -> type.getPackageName().startsWith(base)))
                .and().haveRawType("org.slf4j.Logger").should().haveName("LOG").andShould().bePrivate().andShould()
                .beStatic().andShould().beFinal()
                .because(
                        "it is a constant like any other, and is found by one search: private static final Logger LOG");
    }
}
