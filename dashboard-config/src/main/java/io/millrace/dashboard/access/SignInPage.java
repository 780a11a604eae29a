package io.millrace.dashboard.access;

import java.util.List;
import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Where people sign in; what went wrong before is told by the name of a parameter, never by its text. */
@Controller
final class SignInPage {

    private final DashboardSettings settings;
    private final Providers providers;

    SignInPage(DashboardSettings settings, Providers providers) {
        this.settings = settings;
        this.providers = providers;
    }

    @GetMapping("/login")
    String signIn(HttpServletRequest request, Model model) {
        if (settings.open() || model.getAttribute("signedIn") != null) {
            return "redirect:/";
        }
        model.addAttribute("problem", problem(request));
        model.addAttribute("news", request.getParameter("out") == null ? null : "You are signed out.");
        model.addAttribute("withPassword", !settings.password().isEmpty() || !settings.users().isEmpty());
        model.addAttribute("providers", List.copyOf(providers.all()));
        return "login";
    }

    private static @Nullable String problem(HttpServletRequest request) {
        String wait = request.getParameter("wait");
        if (wait != null && wait.matches("\\d{1,4}")) {
            return "Too many failed attempts: try again in " + wait + " s.";
        }
        if (request.getParameter("failed") != null) {
            return "Wrong name or password.";
        }
        if (request.getParameter("norole") != null) {
            return "You are known there, and may neither see nor change anything here: ask for a role.";
        }
        return request.getParameter("elsewhere") == null
                ? null
                : "Signing in there did not work; the log of the dashboard says why.";
    }
}
