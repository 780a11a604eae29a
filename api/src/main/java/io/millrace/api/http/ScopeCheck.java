package io.millrace.api.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Turns away callers whose key lacks the scope that a method {@link Needs}, before anything of the body is read. */
@Component
final class ScopeCheck implements HandlerInterceptor, WebMvcConfigurer {

    private static final String OURS = "io.millrace.";

    private final MeterRegistry meters;

    ScopeCheck(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Scope needed = handler instanceof HandlerMethod method ? needed(method) : null;
        if (needed != null && !Caller.of(request).has(needed)) {
            meters.counter("millrace.api.refused", "kind", "insufficient-scope").increment();
            throw ProblemException.forbidden("insufficient-scope", "The API key does not allow this",
                    "This needs a key with the scope " + needed.text() + ".");
        }
        return true;
    }

    /** Null for what is not ours, such as the answer to OPTIONS, and for the error page. */
    static @Nullable Scope needed(HandlerMethod method) {
        Class<?> controller = method.getBeanType();
        if (!controller.getName().startsWith(OURS) || ErrorController.class.isAssignableFrom(controller)) {
            return null;
        }
        Needs declared = declared(method);
        return declared == null ? Scope.OPERATE : declared.value();
    }

    static @Nullable Needs declared(HandlerMethod method) {
        Needs own = method.getMethodAnnotation(Needs.class);
        return own != null ? own : AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), Needs.class);
    }
}
