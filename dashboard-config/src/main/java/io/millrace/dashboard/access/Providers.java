package io.millrace.dashboard.access;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;

import io.millrace.jobs.CannotStart;

/** The OpenID providers of {@code spring.security.oauth2.client.*}. */
record Providers(List<Provider> all, List<String> origins) {

    Providers {
        all = List.copyOf(all);
        origins = List.copyOf(origins);
    }

    /**
     * As the settings have them.
     *
     * @throws CannotStart
     *             if nobody could be let in by them
     */
    static Providers of(OAuth2ClientProperties settings, OidcSettings oidc) {
        var registrations = settings.getRegistration();
        if (!registrations.isEmpty() && oidc.operatorValues().isEmpty() && oidc.viewerValues().isEmpty()) {
            throw new CannotStart("People may sign in with a provider, and none of them would have a role.",
                    "Set MILLRACE_DASHBOARD_OIDC_OPERATOR_VALUES or _VIEWER_VALUES (millrace.dashboard.oidc.*) to values of the"
                            + " claim " + oidc.roleClaim() + ".",
                    null);
        }
        var all = registrations.entrySet().stream().map(each -> new Provider(each.getKey(),
                Objects.requireNonNullElse(each.getValue().getClientName(), each.getKey()))).toList();
        return new Providers(all, settings.getProvider().values().stream().flatMap(
                provider -> Stream.of(provider.getIssuerUri(), provider.getAuthorizationUri()).filter(Objects::nonNull))
                .map(Providers::origin).distinct().toList());
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    private static String origin(String address) {
        var uri = URI.create(address);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    /** What stands in its address here, and what people call it. */
    record Provider(String id, String name) {
    }
}
