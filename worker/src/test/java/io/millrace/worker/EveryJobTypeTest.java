package io.millrace.worker;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.ResolvableType;

import io.millrace.jobs.JobHandler;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryJobTypeTest {

    private final WorkerUnderTest worker = WorkerUnderTest.start("millrace.jobs.worker.enabled=false");

    @AfterAll
    void stop() {
        worker.close();
    }

    @ParameterizedTest
    @MethodSource("records")
    void hasExactlyOneHandler(Class<?> job) {
        List<? extends Class<?>> handlers = worker.beans(JobHandler.class).stream().map(AopUtils::getTargetClass)
                .filter(handler -> job
                        .equals(ResolvableType.forClass(handler).as(JobHandler.class).getGeneric(0).resolve()))
                .toList();

        assertThat(handlers).as("the Spring beans that implement JobHandler<%s, ...>: a worker needs exactly one, or"
                + " its jobs fail", job.getSimpleName()).hasSize(1);
    }

    static List<Class<?>> records() {
        return JobTypes.all();
    }
}
