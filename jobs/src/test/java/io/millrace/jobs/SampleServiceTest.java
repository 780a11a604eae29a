package io.millrace.jobs;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

import io.millrace.jobs.sample.ShopApplication;

import static org.assertj.core.api.Assertions.assertThat;

/** The sample service embeds the engine by its public face, and of Millrace there is nothing else around. */
class SampleServiceTest extends EmbeddedEngine {

    @Autowired
    ApplicationContext service;

    @Test
    void usesTheEnginesPublicTypesAndNothingElseOfMillrace() throws IOException, URISyntaxException {
        var directory = Path.of(ShopApplication.class.getResource("ShopApplication.class").toURI()).getParent();
        var used = new TreeSet<String>();
        try (var classes = Files.list(directory)) {
            for (var file : classes.filter(file -> !file.endsWith("PlaceOrderTest.class")).toList()) {
                StreamSupport.stream(ClassFile.of().parse(file).constantPool().spliterator(), false)
                        .filter(ClassEntry.class::isInstance).map(entry -> ((ClassEntry) entry).asInternalName())
                        .filter(name -> name.startsWith("io/millrace/") && !name.startsWith("io/millrace/jobs/sample/"))
                        .forEach(used::add);
            }
        }

        assertThat(used).contains("io/millrace/jobs/JobQueue", "io/millrace/jobs/JobHandler")
                .allSatisfy(name -> assertThat(name).matches("io/millrace/jobs/[A-Za-z$]+"));
    }

    @Test
    void runsOnBeansOfItsOwnAndOfTheEngine() {
        var ours = Arrays.stream(service.getBeanDefinitionNames()).map(service::getType)
                .filter(type -> type != null && type.getName().startsWith("io.millrace."))
                .map(ClassUtils::getPackageName).distinct().toList();

        assertThat(ours).containsExactlyInAnyOrder("io.millrace.jobs", "io.millrace.jobs.figures",
                "io.millrace.jobs.sample");
    }

    @Test
    void needsNoOtherModuleOnItsClassPath() {
        assertThat(List.of("core.users.User", "api.ApiApplication", "worker.WorkerApplication",
                "dashboard.DashboardApplication")).noneMatch(
                        name -> ClassUtils.isPresent("io.millrace." + name, getClass().getClassLoader()));
    }
}
