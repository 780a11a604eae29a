package io.millrace.dashboard.access;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;

/** By what name somebody is written down. */
public final class Who {

    private Who() {
    }

    /** Of people of a provider with its registration before it, such as {@code house:grace}: another may have a grace as well. */
    public static String of(Authentication signedIn) {
        return signedIn instanceof OAuth2AuthenticationToken elsewhere
                ? elsewhere.getAuthorizedClientRegistrationId() + ":" + signedIn.getName()
                : signedIn.getName();
    }
}
