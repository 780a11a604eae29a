package io.millrace.api.openapi;

import java.util.ArrayList;
import java.util.List;

import tools.jackson.databind.JsonNode;

import io.millrace.api.openapi.EveryOperationTest.Answer;
import io.millrace.api.openapi.Walk.Step;

/** What an operation's description promises of its answers. */
final class Promise {

    private final JsonNode document;
    private final DocumentSchemas schemas;

    Promise(JsonNode document) {
        this.document = document;
        this.schemas = DocumentSchemas.closed(document);
    }

    /** A sentence for each promise that the answer breaks. */
    List<String> brokenBy(Answer answer, Step step, JsonNode operation) {
        List<String> broken = new ArrayList<>();
        if (answer.status() >= 500 && !(step.wrong().equals(WrongRequests.WRONG_METHOD) && answer.status() == 501)) {
            broken.add("failed");
        }
        boolean strange = step.wrong().equals(WrongRequests.STRANGE_PATH);
        if (!step.wrong().isEmpty() && !strange && (answer.status() < 400 || answer.status() > 501)) {
            broken.add("did not refuse " + step.wrong());
        }
        int ofKey = WalkKeys.status(step.wrong());
        if (ofKey != 0 && answer.status() != ofKey && !isRefusedByTomcat(step)) {
            broken.add("did not answer " + ofKey + " to " + step.wrong());
        }
        if (strange || step.wrong().equals(WrongRequests.WRONG_METHOD)) {
            if (answer.status() >= 400 && !step.method().equals("HEAD")) {
                problem(answer, broken);
            }
            return broken;
        }
        JsonNode described = resolve(operation.path("responses").path(Integer.toString(answer.status())));
        if (described.isMissingNode()) {
            broken.add("answered the status " + answer.status() + ", which is not documented");
            return broken;
        }
        described.path("headers").properties().stream()
                .filter(header -> resolve(header.getValue()).path("required").asBoolean(false))
                .filter(header -> answer.headers().firstValue(header.getKey()).isEmpty())
                .forEach(header -> broken.add("has no header " + header.getKey()));
        if (!step.method().equals("HEAD")) {
            content(answer, described.path("content"), broken);
        }
        return broken;
    }

    /** Before anybody looks for a key. */
    private static boolean isRefusedByTomcat(Step step) {
        String path = step.path().split("\\?", -1)[0];
        return path.contains("%2F") || path.contains("%5C");
    }

    private void content(Answer answer, JsonNode content, List<String> broken) {
        if (content.isMissingNode()) {
            if (!answer.body().isEmpty()) {
                broken.add("has a body, which is not documented");
            }
            return;
        }
        JsonNode media = content.has(answer.type()) ? content.path(answer.type()) : content.path("*/*");
        if (media.isMissingNode()) {
            broken.add("is in " + answer.type() + ", which is not documented");
        } else if (answer.type().endsWith("json") && content.has(answer.type())) {
            schemas.violations(media.path("schema"), answer.json())
                    .forEach(violation -> broken.add("does not fit its schema: " + violation));
        }
    }

    private void problem(Answer answer, List<String> broken) {
        if (!answer.type().equals("application/problem+json")) {
            broken.add("is no problem");
        } else {
            schemas.violations(document.at("/components/schemas/Problem"), answer.json())
                    .forEach(violation -> broken.add("does not fit its schema: " + violation));
        }
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
    }
}
