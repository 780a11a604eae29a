package io.millrace.api.http;

import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Puts {@link ProblemReportValve} in the place of Tomcat's HTML error page. */
@Component
final class TomcatErrors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    // Keys are asked for before the server is made: what a filter refuses, Tomcat logs on its own as well.
    TomcatErrors(@SuppressWarnings("unused") ApiKeys keys) {
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemReportValve.class.getName());
            }
        });
    }
}
