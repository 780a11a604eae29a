package io.millrace.dashboard.access;

import java.util.List;
import java.util.Locale;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What somebody may do with the dashboard. */
public enum Role {

    /** Sees everything and changes nothing. */
    VIEWER,

    /** Sees and changes everything. */
    OPERATOR;

    private static final String PREFIX = "ROLE_";

    /** Those that a request is held against: an operator is a viewer as well. */
    List<GrantedAuthority> authorities() {
        GrantedAuthority viewer = new SimpleGrantedAuthority(PREFIX + VIEWER.name());
        return this == VIEWER ? List.of(viewer) : List.of(viewer, new SimpleGrantedAuthority(PREFIX + OPERATOR.name()));
    }

    /** The highest of somebody who has been let in. */
    public static Role of(Authentication signedIn) {
        return signedIn.getAuthorities().stream().anyMatch(
                authority -> (PREFIX + OPERATOR.name()).equals(authority.getAuthority())) ? OPERATOR : VIEWER;
    }

    /** As people read it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
