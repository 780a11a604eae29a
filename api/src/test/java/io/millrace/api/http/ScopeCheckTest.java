package io.millrace.api.http;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import io.millrace.api.ApiUnderTest;

import static org.assertj.core.api.Assertions.assertThat;

final class ScopeCheckTest {

    private final ApiUnderTest api = ApiUnderTest.shared();

    @Test
    void findsAScopeOnEachMethodOfEachController() {
        List<HandlerMethod> ours = ((RequestMappingHandlerMapping) api.bean("requestMappingHandlerMapping"))
                .getHandlerMethods().values().stream()
                .filter(method -> method.getBeanType().getName().startsWith("io.millrace."))
                .filter(method -> !ErrorController.class.isAssignableFrom(method.getBeanType())).toList();

        assertThat(ours).hasSizeGreaterThan(20).allSatisfy(method -> assertThat(ScopeCheck.declared(method))
                .as("say with @Needs which scope %s needs", method.getShortLogMessage()).isNotNull());
    }

    @Test
    void wantsOperatorsWhereAMethodSaysNothing() throws Exception {
        var method = new HandlerMethod(new Forgetful(), Forgetful.class.getDeclaredMethod("run"));

        assertThat(ScopeCheck.needed(method)).isEqualTo(Scope.OPERATE);
    }

    private static final class Forgetful implements Runnable {

        @Override
        public void run() {
        }
    }
}
