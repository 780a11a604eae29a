package io.millrace.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.millrace.jobs.JobStatus.State;
import io.millrace.jobs.sample.CarryGoods;
import io.millrace.jobs.sample.CarryGoodsHandler;
import io.millrace.jobs.sample.ChargeCard;
import io.millrace.jobs.sample.PayBill;
import io.millrace.jobs.sample.ShopApplication;

/** A service without a worker that sends goods on their way, and what the workers of other processes note of it. */
final class Roads implements AutoCloseable {

    private final ConfigurableApplicationContext service;
    private final Path diary;

    Roads(String database, Path diary) {
        this.service = new SpringApplicationBuilder(ShopApplication.class).web(WebApplicationType.NONE)
                .properties("spring.datasource.url=" + database).run();
        this.diary = diary;
    }

    UUID send(int number, String road) {
        return service.getBean(JobQueue.class).enqueue(new CarryGoods(number, road, diary.toString()));
    }

    UUID pay(int number, String how) {
        return service.getBean(JobQueue.class).enqueue(new PayBill(number, how, diary.toString()));
    }

    UUID charge(int number, String how) {
        return service.getBean(JobQueue.class).enqueue(new ChargeCard(number, how, diary.toString()));
    }

    void open(int number) throws IOException {
        Files.createFile(CarryGoodsHandler.gate(diary, number));
    }

    JobStatus status(UUID id) {
        return service.getBean(JobQueue.class).find(id).orElseThrow();
    }

    void await(UUID id, State state, Duration atMost) {
        Awaitility.await().atMost(atMost).pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> org.assertj.core.api.Assertions.assertThat(status(id).state()).isEqualTo(state));
    }

    String result(UUID id) {
        return service.getBean(JobResults.class).find(id).orElseThrow().json();
    }

    int crashes(UUID id) {
        return Attempts.of(service.getBean(JobStore.class).getJobById(id)).crashes();
    }

    JdbcClient jdbc() {
        return JdbcClient.create(service.getBean(HikariDataSource.class));
    }

    /** What the goods did, in order: {@code 7 began in 4711}, with the process's id. */
    List<String> diary() {
        try {
            var file = diary.resolve("diary");
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    void awaitDiary(String line, Duration atMost) {
        Awaitility.await().atMost(atMost).pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> org.assertj.core.api.Assertions.assertThat(diary()).contains(line));
    }

    @Override
    public void close() {
        service.close();
    }
}
