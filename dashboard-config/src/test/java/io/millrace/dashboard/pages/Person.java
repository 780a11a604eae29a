package io.millrace.dashboard.pages;

import java.net.http.HttpResponse;
import java.util.Map;

import io.millrace.dashboard.DashboardProcess;
import io.millrace.dashboard.Visitor;

/** Somebody who has signed in, goes where pages lead, and sends the forms of the page that was seen last. */
final class Person {

    private final Visitor visitor;
    private String seen = "";

    Person(Visitor visitor, String name) {
        this.visitor = visitor;
        try {
            var answer = visitor.signIn(name, DashboardProcess.PASSWORD);
            if (answer.statusCode() != 302 || location(answer).contains("login")) {
                throw new IllegalStateException(name + " cannot sign in: " + answer.statusCode());
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path) {
        try {
            return follow(visitor.get(path));
        } catch (Exception e) {
            throw new IllegalStateException(path, e);
        }
    }

    /** The body of a page that is there. */
    String page(String path) {
        var answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " answers " + answer.statusCode() + ": " + Html.text(answer.body()));
        }
        return answer.body();
    }

    HttpResponse<String> post(String path, Map<String, String> fields) {
        try {
            return follow(visitor.post(path, seen, fields));
        } catch (Exception e) {
            throw new IllegalStateException(path, e);
        }
    }

    private HttpResponse<String> follow(HttpResponse<String> first) throws Exception {
        var answer = first;
        for (int i = 0; answer.statusCode() == 302 && i < 5; i++) {
            answer = visitor.get(location(answer));
        }
        if (answer.body().contains("_csrf")) {
            seen = answer.body();
        }
        return answer;
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }
}
