package io.millrace.api.users;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import jakarta.validation.Valid;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import io.millrace.api.http.FieldError;
import io.millrace.api.http.Needs;
import io.millrace.api.http.ProblemException;
import io.millrace.api.http.Scope;
import io.millrace.core.users.EmailTaken;
import io.millrace.core.users.StaleVersion;
import io.millrace.core.users.User;
import io.millrace.core.users.UserUpdate;
import io.millrace.core.users.Users;

@RestController
final class UserController {

    private final Users users;
    private final RegisterUser registerUser;

    UserController(Users users, RegisterUser registerUser) {
        this.users = users;
        this.registerUser = registerUser;
    }

    @Needs(Scope.ENQUEUE)
    @PostMapping(path = {"/users",
            "/users/"}, consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<RegisterUser.Registered> register(@Valid @RequestBody NewUser newUser) {
        try {
            var registered = registerUser.register(newUser);
            return ResponseEntity.created(URI.create("/users/" + registered.id())).body(registered);
        } catch (EmailTaken e) {
            throw emailTaken();
        }
    }

    @Needs(Scope.READ)
    @GetMapping(path = "/users/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<User> find(@PathVariable UUID id) {
        return tagged(users.find(id).orElseThrow(UserController::noSuchUser));
    }

    @Needs(Scope.ENQUEUE)
    @PatchMapping(path = "/users/{id}", consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<User> change(@PathVariable UUID id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody UserChange change) {
        UserUpdate update = change.update(VersionTag.expected(ifMatch));
        try {
            return tagged(users.update(id, update).orElseThrow(UserController::noSuchUser));
        } catch (EmailTaken e) {
            throw emailTaken();
        } catch (StaleVersion e) {
            throw ProblemException.preconditionFailed("The user has another version than If-Match asks for.");
        }
    }

    @Needs(Scope.ENQUEUE)
    @DeleteMapping("/users/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        if (!users.delete(id)) {
            throw noSuchUser();
        }
    }

    static ProblemException noSuchUser() {
        return ProblemException.notFound("No user has this id.");
    }

    private static ResponseEntity<User> tagged(User user) {
        return ResponseEntity.ok().eTag(VersionTag.of(user)).body(user);
    }

    private static ProblemException emailTaken() {
        return ProblemException.conflict("email-taken", "The address is taken", "Another user has this address.",
                List.of(new FieldError("email", "is taken")));
    }
}
