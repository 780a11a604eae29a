package io.millrace.api.users;

import java.io.IOException;
import java.util.UUID;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import io.millrace.api.http.Needs;
import io.millrace.api.http.Scope;
import io.millrace.core.cache.ReadyJson;

@RestController
final class UserProfileController {

    private final UserProfileAnswers profiles;

    UserProfileController(UserProfileAnswers profiles) {
        this.profiles = profiles;
    }

    /** Its JSON is ready: no converter needs to be found for it. */
    @Needs(Scope.READ)
    @GetMapping(path = "/users/{id}/profile", produces = MediaType.APPLICATION_JSON_VALUE)
    void find(@PathVariable UUID id, HttpServletResponse response) throws IOException {
        ReadyJson profile = profiles.find(id);
        if (profile == null) {
            throw UserController.noSuchUser();
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(profile.length());
        profile.writeTo(response.getOutputStream());
    }
}
