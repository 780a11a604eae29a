package io.millrace.jobs.sample;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/** Ships an order; the address decides what happens on the way. */
@JobType(name = "ship-order", queue = "shipping", maxAttempts = 3, backOff = "PT0.1S", maxBackOff = "PT0.2S")
public record ShipOrder(@Positive int orderId, @NotBlank String address) implements Job<ShipOrder.Shipped> {

    /** What the handler answers. */
    public record Shipped(int orderId, int attempt) {
    }
}
