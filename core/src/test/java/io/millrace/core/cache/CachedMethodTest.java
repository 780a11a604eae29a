package io.millrace.core.cache;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

class CachedMethodTest {

    @Test
    void refusesToStartWhereTheAnnotationDoesNotFit() {
        refuses(UnknownTag.class,
                "UnknownTag.cached cannot be cached: its tags name nobody, and its parameters are [id]");
        refuses(Forever.class,
                "Forever.cached cannot be cached: its expiry must be more than nothing and at most PT24H");
        refuses(NoText.class,
                "NoText.cached cannot be cached: a parameter is no text, whole number, boolean, enum, UUID or"
                        + " CacheArgument");
        refuses(Final.class, "Final.cached cannot be cached: no proxy can stand before a final or private method");
        refuses(NoDuration.class, "NoDuration.cached cannot be cached: 1h is no ISO 8601 duration");
    }

    @Test
    void refusesReadyJsonWithinAnotherType() {
        String why = ".cached cannot be cached: ReadyJson cannot be read back from within another type";
        refuses(OptionalJson.class, "OptionalJson" + why);
        refuses(ListOfJson.class, "ListOfJson" + why);
        refuses(JsonByName.class, "JsonByName" + why);
        refuses(ArrayOfJson.class, "ArrayOfJson" + why);
    }

    @Test
    void startsWithReadyJsonItself() {
        new ApplicationContextRunner().withUserConfiguration(Advised.class).withBean(Json.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static void refuses(Class<?> bean, String why) {
        new ApplicationContextRunner().withUserConfiguration(Advised.class).withBean(bean)
                .run(context -> assertThat(context).hasFailed().getFailure().hasStackTraceContaining(why));
    }

    static class UnknownTag {
        @CacheResult(prefix = "a", expiry = "PT1H", tags = "user:{nobody}")
        public String cached(String id) {
            return id;
        }
    }

    static class Forever {
        @CacheResult(prefix = "b", expiry = "P2D")
        public String cached(String id) {
            return id;
        }
    }

    static class NoText {
        @CacheResult(prefix = "d", expiry = "PT1H")
        public String cached(double number) {
            return String.valueOf(number);
        }
    }

    static class Final {
        @CacheResult(prefix = "e", expiry = "PT1H")
        public final String cached(String id) {
            return id;
        }
    }

    static class NoDuration {
        @CacheResult(prefix = "c", expiry = "1h")
        public String cached(String id) {
            return id;
        }
    }

    static class Json {
        @CacheResult(prefix = "f", expiry = "PT1H")
        public ReadyJson cached(String id) {
            return ReadyJson.of(id);
        }
    }

    static class OptionalJson {
        @CacheResult(prefix = "g", expiry = "PT1H")
        public Optional<ReadyJson> cached(String id) {
            return Optional.of(ReadyJson.of(id));
        }
    }

    static class ListOfJson {
        @CacheResult(prefix = "h", expiry = "PT1H")
        public List<? extends ReadyJson> cached(String id) {
            return List.of(ReadyJson.of(id));
        }
    }

    static class JsonByName {
        @CacheResult(prefix = "i", expiry = "PT1H")
        public Map<String, List<ReadyJson>> cached(String id) {
            return Map.of(id, List.of(ReadyJson.of(id)));
        }
    }

    static class ArrayOfJson {
        @CacheResult(prefix = "j", expiry = "PT1H")
        public ReadyJson[] cached(String id) {
            return new ReadyJson[]{ReadyJson.of(id)};
        }
    }

    static class Advised {

        @Bean
        static DefaultAdvisorAutoProxyCreator proxies() {
            return new DefaultAdvisorAutoProxyCreator();
        }

        @Bean
        static CacheResultAdvisor advisor() {
            return new CacheResultAdvisor(() -> {
                throw new IllegalStateException("never called");
            });
        }
    }
}
