package io.millrace.dashboard.audit;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

import io.millrace.jobs.OperatorActions;

@Controller
final class AuditPage {

    private static final int ROWS = 50;

    private final OperatorActions actions;

    AuditPage(OperatorActions actions) {
        this.actions = actions;
    }

    @GetMapping("/audit")
    String audit(@RequestParam(required = false) @Nullable Long before, Model model) {
        var rows = actions.newest(before, ROWS + 1);
        boolean more = rows.size() > ROWS;
        var shown = more ? rows.subList(0, ROWS) : rows;
        model.addAttribute("actions", shown);
        if (more) {
            model.addAttribute("older", shown.getLast().id());
        }
        return "audit";
    }
}
