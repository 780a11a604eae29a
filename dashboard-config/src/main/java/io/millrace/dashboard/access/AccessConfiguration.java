package io.millrace.dashboard.access;

import java.time.Clock;
import java.util.List;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientPropertiesMapper;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.web.filter.ForwardedHeaderFilter;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DashboardSettings.class, OidcSettings.class, LoginSettings.class,
        OAuth2ClientProperties.class})
class AccessConfiguration {

    @Bean
    Providers providers(OAuth2ClientProperties clients, OidcSettings oidc) {
        return Providers.of(clients, oidc);
    }

    @Bean
    AuthenticationProvider passwordLogin(DashboardSettings settings, LoginSettings login, Providers providers,
            Clock clock) {
        var hashes = new PasswordHashes();
        return new PasswordLogin(Access.users(settings, hashes, !providers.isEmpty()), hashes,
                new LoginAttempts(login, clock));
    }

    /** The prefix alone: the rest has been worked in or taken away by {@link ListenWhereTold} by now. */
    @Bean
    FilterRegistrationBean<ForwardedHeaderFilter> forwardedPrefix() {
        var filter = new FilterRegistrationBean<>(new ForwardedHeaderFilter());
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(AnyProvider.class)
    static class WithProviders {

        /** Asks the provider when somebody comes for it first, so that this starts, and takes passwords, while it is down. */
        @Bean
        ClientRegistrationRepository clientRegistrations(OAuth2ClientProperties clients) {
            return new SupplierClientRegistrationRepository(() -> new InMemoryClientRegistrationRepository(List
                    .copyOf(new OAuth2ClientPropertiesMapper(clients).asClientRegistrations().values())));
        }
    }
}
