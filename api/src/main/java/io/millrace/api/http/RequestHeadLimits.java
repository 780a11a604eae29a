package io.millrace.api.http;

import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Tells Tomcat how much may stand before a request's body; {@link ProblemReportValve} answers who sends more. */
@Component
final class RequestHeadLimits implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final ApiSettings settings;

    RequestHeadLimits(ApiSettings settings) {
        this.settings = settings;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addConnectorCustomizers(connector -> {
            connector.setMaxParameterCount(settings.maxParameters());
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                http.setMaxHttpRequestHeaderSize((int) settings.maxHeaders().toBytes());
                http.setMaxHeaderCount(settings.maxHeaderCount());
            }
        });
    }
}
