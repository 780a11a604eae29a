package io.millrace.dashboard.access;

import java.util.List;
import jakarta.validation.constraints.NotBlank;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What somebody who signs in with an OpenID provider may do; the provider itself stands in
 * {@code spring.security.oauth2.client.*}.
 *
 * @param roleClaim
 *            the claim of the ID token or of the user info that tells, a text or a list; with dots for one within another,
 *            such as {@code realm_access.roles}
 * @param operatorValues
 *            whose holders are operators
 * @param viewerValues
 *            whose holders are viewers
 */
@Validated
@ConfigurationProperties("millrace.dashboard.oidc")
record OidcSettings(@DefaultValue("roles") @NotBlank String roleClaim, @DefaultValue List<String> operatorValues,
        @DefaultValue List<String> viewerValues) {
}
