package io.millrace.api.users;

import java.util.UUID;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import io.millrace.core.users.UserProfile;
import io.millrace.core.users.UserProfiles;

@RestController
final class UserProfileController {

    private final UserProfiles profiles;

    UserProfileController(UserProfiles profiles) {
        this.profiles = profiles;
    }

    @GetMapping(path = "/users/{id}/profile", produces = MediaType.APPLICATION_JSON_VALUE)
    UserProfile find(@PathVariable UUID id) {
        UserProfile profile = profiles.find(id);
        if (profile == null) {
            throw UserController.noSuchUser();
        }
        return profile;
    }
}
