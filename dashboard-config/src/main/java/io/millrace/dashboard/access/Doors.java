package io.millrace.dashboard.access;

import jakarta.servlet.DispatcherType;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.security.web.authentication.logout.SimpleUrlLogoutSuccessHandler;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.savedrequest.CookieRequestCache;

/** What stands between the network and the pages. */
@Configuration(proxyBeanMethods = false)
class Doors {

    /** What anybody may see: it shows the page where people sign in. */
    private static final String LOOKS = "/{file:[a-z0-9-]+\\.(?:css|js|svg|ico|png|woff2)}";
    private static final String SIGNED_OUT = "/login?out";

    /** Health and metrics have a port of their own, and tell nothing of any job. */
    @Bean
    @Order(1)
    SecurityFilterChain management(HttpSecurity http) {
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable).requestCache(AbstractHttpConfigurer::disable).build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain pages(HttpSecurity http, DashboardSettings settings, OidcSettings oidc, Providers providers,
            ObjectProvider<ClientRegistrationRepository> registrations, RefusedChanges refused) {
        http.headers(headers -> headers.defaultsDisabled().addHeaderWriter(new PageHeaders(providers.origins())))
                .csrf(csrf -> csrf.csrfTokenRepository(csrfCookie()).ignoringRequestMatchers("/api/**"))
                .addFilterBefore(new SameOriginChanges(refused), CsrfFilter.class)
                .authorizeHttpRequests(requests -> requests
                        .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD).permitAll()
                        .requestMatchers(HttpMethod.GET, "/login", LOOKS).permitAll()
                        .requestMatchers(HttpMethod.GET).hasRole(Role.VIEWER.name())
                        .requestMatchers(HttpMethod.HEAD).hasRole(Role.VIEWER.name())
                        .anyRequest().hasRole(Role.OPERATOR.name()));
        if (settings.open()) {
            return openToThisMachine(http, refused);
        }
        var asked = new AskToSignIn();
        http.formLogin(form -> form.loginPage("/login").failureHandler(new SignInFailures()))
                .httpBasic(basic -> basic.authenticationEntryPoint(asked))
                .requestCache(cache -> cache.requestCache(whatPeopleWanted()))
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint(asked)
                        .accessDeniedHandler(new DeniedToRole(refused)))
                .logout(logout -> logout.logoutSuccessHandler(afterwards(registrations)));
        if (!providers.isEmpty()) {
            http.oauth2Login(login -> login.loginPage("/login").failureHandler(new SignInFailures())
                    .userInfoEndpoint(user -> user.userAuthoritiesMapper(new OidcRoles(oidc)))
                    .addObjectPostProcessor(providerAway()));
        }
        return http.build();
    }

    private static SecurityFilterChain openToThisMachine(HttpSecurity http, RefusedChanges refused) {
        return http.anonymous(everybody -> everybody.principal("local").authorities(Role.OPERATOR.authorities()))
                .addFilterAfter(new LoopbackNamesOnly(), HeaderWriterFilter.class)
                .requestCache(AbstractHttpConfigurer::disable).logout(AbstractHttpConfigurer::disable)
                .exceptionHandling(refusals -> refusals.accessDeniedHandler(new DeniedToRole(refused))).build();
    }

    /** Whoever is on the way to a provider that does not answer is told so. */
    private static ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> providerAway() {
        return new ObjectPostProcessor<>() {

            @Override
            public <F extends OAuth2AuthorizationRequestRedirectFilter> F postProcess(F filter) {
                filter.setAuthenticationFailureHandler(new SignInFailures());
                return filter;
            }
        };
    }

    /** The page that somebody asked for before signing in; in a cookie, for the reason below. */
    private static CookieRequestCache whatPeopleWanted() {
        var wanted = new CookieRequestCache();
        wanted.setRequestMatcher(request -> request.getMethod().equals("GET") && Refusal.wantsPage(request));
        return wanted;
    }

    /** In a cookie, so that whoever looks at the page for signing in costs no session. */
    private static CookieCsrfTokenRepository csrfCookie() {
        var tokens = new CookieCsrfTokenRepository();
        tokens.setCookieCustomizer(cookie -> cookie.httpOnly(true).sameSite("Strict"));
        return tokens;
    }

    /** At the provider as well, where it says how: else the next click would sign in again. */
    private static LogoutSuccessHandler afterwards(ObjectProvider<ClientRegistrationRepository> registrations) {
        var found = registrations.getIfAvailable();
        if (found == null) {
            var here = new SimpleUrlLogoutSuccessHandler();
            here.setDefaultTargetUrl(SIGNED_OUT);
            return here;
        }
        var there = new OidcClientInitiatedLogoutSuccessHandler(found);
        there.setDefaultTargetUrl(SIGNED_OUT);
        there.setPostLogoutRedirectUri("{baseUrl}" + SIGNED_OUT);
        return there;
    }
}
