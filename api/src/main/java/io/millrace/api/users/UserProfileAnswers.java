package io.millrace.api.users;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import io.millrace.core.cache.CacheResult;
import io.millrace.core.cache.ReadyJson;
import io.millrace.core.users.UserProfile;
import io.millrace.core.users.UserProfiles;

/** Profiles as they are answered; the most read of all answers, so they are cached as JSON. */
@Component
class UserProfileAnswers {

    private final UserProfiles profiles;
    private final JsonMapper json;

    UserProfileAnswers(UserProfiles profiles, JsonMapper json) {
        this.profiles = profiles;
        this.json = json;
    }

    /** Null if there is no such user. */
    @CacheResult(prefix = "user-profile", expiry = "PT30M", tags = "user:{id}")
    public @Nullable ReadyJson find(UUID id) {
        UserProfile profile = profiles.find(id);
        return profile == null ? null : ReadyJson.of(json.writeValueAsBytes(profile));
    }
}
