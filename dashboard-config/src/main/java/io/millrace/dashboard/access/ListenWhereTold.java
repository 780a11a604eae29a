package io.millrace.dashboard.access;

import java.util.List;

import org.apache.catalina.util.NetMaskSet;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

import io.millrace.jobs.CannotStart;

/**
 * Lets the web server of the pages listen where {@code millrace.dashboard.*} says, and believe the headers of the proxies named
 * there. Not {@code server.*}: in one process with the API that is the API's, and Spring Boot's own ways with such headers either
 * believe every private address or take the client's word for where it is.
 */
@Component
final class ListenWhereTold implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

    private final DashboardSettings settings;

    ListenWhereTold(DashboardSettings settings) {
        this.settings = settings;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setAddress(Access.address(settings));
        factory.setPort(settings.port());
        var proxies = proxies(settings.trustedProxies());
        if (!settings.trustedProxies().isEmpty()) {
            factory.addEngineValves(forwardedBy(settings.trustedProxies()));
        }
        factory.addEngineValves(new DropForwardedHeaders(proxies));
    }

    /** Goes through {@code X-Forwarded-For} from the right as far as the proxies are ours: what is left of that may be made up. */
    private static RemoteIpValve forwardedBy(List<String> proxies) {
        var valve = new RemoteIpValve();
        valve.setInternalProxies(String.join(",", proxies));
        valve.setProtocolHeader("X-Forwarded-Proto");
        valve.setHostHeader("X-Forwarded-Host");
        valve.setPortHeader("X-Forwarded-Port");
        return valve;
    }

    private static NetMaskSet proxies(List<String> ranges) {
        var set = new NetMaskSet();
        for (String range : ranges) {
            if (!range.matches("[0-9a-fA-F.:]+(/\\d{1,3})?") || !set.addAll(range).isEmpty()) {
                throw new CannotStart("MILLRACE_DASHBOARD_TRUSTED_PROXIES names " + range
                        + ", which is neither an address nor a range.",
                        "Write addresses and ranges such as 10.1.0.0/16, separated by commas.", null);
            }
        }
        return set;
    }
}
