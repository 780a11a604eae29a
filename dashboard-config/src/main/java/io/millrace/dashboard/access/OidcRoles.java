package io.millrace.dashboard.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.mapping.GrantedAuthoritiesMapper;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.user.OAuth2UserAuthority;

/** Makes a role of what a provider says of somebody, and turns away whom it says nothing of that counts here. */
final class OidcRoles implements GrantedAuthoritiesMapper {

    static final String NO_ROLE = "no_role";

    private final OidcSettings settings;

    OidcRoles(OidcSettings settings) {
        this.settings = settings;
    }

    /**
     * Those of the role.
     *
     * @throws OAuth2AuthenticationException
     *             if there is none
     */
    @Override
    public Collection<? extends GrantedAuthority> mapAuthorities(Collection<? extends GrantedAuthority> authorities) {
        return authorities.stream()
                .flatMap(authority -> authority instanceof OAuth2UserAuthority user ? Stream.of(user) : Stream.empty())
                .flatMap(user -> role(user.getAttributes()).stream()).max(Role::compareTo)
                .orElseThrow(() -> new OAuth2AuthenticationException(new OAuth2Error(NO_ROLE), "no role here"))
                .authorities();
    }

    private Optional<Role> role(Map<String, Object> claims) {
        var values = values(claim(claims));
        if (values.stream().anyMatch(settings.operatorValues()::contains)) {
            return Optional.of(Role.OPERATOR);
        }
        return values.stream().anyMatch(settings.viewerValues()::contains)
                ? Optional.of(Role.VIEWER)
                : Optional.empty();
    }

    /** By its whole name first: some providers have claims whose names are addresses with dots in them. */
    private @Nullable Object claim(Map<String, Object> claims) {
        if (claims.containsKey(settings.roleClaim())) {
            return claims.get(settings.roleClaim());
        }
        Object found = claims;
        for (String part : Arrays.asList(settings.roleClaim().split("\\.", -1))) {
            found = found instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return found;
    }

    private static List<String> values(@Nullable Object claim) {
        if (claim instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).toList();
        }
        return claim == null ? List.of() : List.of(String.valueOf(claim));
    }
}
