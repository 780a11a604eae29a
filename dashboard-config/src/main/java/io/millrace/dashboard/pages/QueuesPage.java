package io.millrace.dashboard.pages;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
final class QueuesPage {

    @GetMapping("/")
    String first() {
        return "redirect:/queues";
    }

    @GetMapping("/queues")
    String queues() {
        return "queues";
    }
}
