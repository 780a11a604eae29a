package io.millrace.api.http;

import java.io.IOException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Where Tomcat sends what failed outside of Spring MVC, e.g. in a filter; takes the place of Boot's error page. */
@Controller
final class ProblemErrorPage implements ErrorController {

    private final ProblemWriter problems;

    ProblemErrorPage(ProblemWriter problems) {
        this.problems = problems;
    }

    @RequestMapping("/error")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        // Without a code somebody asked for /error itself.
        HttpStatusCode status = code instanceof Integer number ? HttpStatusCode.valueOf(number) : HttpStatus.NOT_FOUND;
        HttpStatus known = HttpStatus.resolve(status.value());
        problems.write(response, Problem.of(status, known == null ? "" : known.getReasonPhrase() + "."));
    }
}
