package io.millrace.dashboard.jobrunr;

import java.io.IOException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

import io.millrace.dashboard.audit.Change;

/** JobRunr's pages and what they ask for: every read, and the five changes that there are, each by its name. */
@Controller
final class JobRunrPages {

    private final JobRunrProxy proxy;

    JobRunrPages(JobRunrProxy proxy) {
        this.proxy = proxy;
    }

    @GetMapping({"/dashboard", "/dashboard/**", "/api/**"})
    void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        proxy.forward(request, response);
    }

    @GetMapping({"/sse/jobstats", "/sse/servers", "/sse/jobs/{id:[0-9a-fA-F-]{36}}"})
    void follow(HttpServletRequest request, HttpServletResponse response) throws IOException {
        proxy.forward(request, response);
    }

    @Change("delete-job")
    @DeleteMapping("/api/jobs/{id}")
    void deleteJob(HttpServletRequest request, HttpServletResponse response) throws IOException {
        proxy.forward(request, response);
    }

    @Change("requeue-job")
    @PostMapping("/api/jobs/{id}/requeue")
    void requeueJob(HttpServletRequest request, HttpServletResponse response) throws IOException {
        proxy.forward(request, response);
    }

    @Change("delete-recurring-job")
    @DeleteMapping("/api/recurring-jobs/{id}")
    void deleteRecurringJob(HttpServletRequest request, HttpServletResponse response) throws IOException {
        proxy.forward(request, response);
    }

    @Change("trigger-recurring-job")
    @PostMapping("/api/recurring-jobs/{id}/trigger")
    void triggerRecurringJob(HttpServletRequest request, HttpServletResponse response) throws IOException {
        proxy.forward(request, response);
    }

    @Change("dismiss-problem")
    @DeleteMapping("/api/problems/{type}")
    void dismissProblem(HttpServletRequest request, HttpServletResponse response) throws IOException {
        proxy.forward(request, response);
    }
}
