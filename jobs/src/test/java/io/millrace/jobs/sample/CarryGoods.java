package io.millrace.jobs.sample;

import jakarta.validation.constraints.NotBlank;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/**
 * Carries goods along a road that decides what happens on the way.
 *
 * @param diary
 *            a folder in which {@link CarryGoodsHandler} notes it, for somebody in another process
 */
@JobType(name = "carry-goods", queue = "roads", maxAttempts = 3, backOff = "PT0.1S", maxBackOff = "PT0.2S")
public record CarryGoods(int number, @NotBlank String road, String diary) implements Job<CarryGoods.Carried> {

    /** Up to a gate that is a file in the diary's folder. */
    public static final String TO_THE_GATE = "to the gate";
    public static final String OVER_THE_CLIFF = "over the cliff";
    public static final String TO_THE_CAR_PARK = "to the car park";
    /** Deaf and blind to whoever calls. */
    public static final String ROUND_IN_CIRCLES = "round in circles";
    /** In circles as well, with an eye on whether anybody still wants the goods. */
    public static final String WHILE_WANTED = "while wanted";

    /** Up to the gate and through it, with a checkpoint at either side: it goes on whoever tells it to stop. */
    public static final String BY_STAGES = "by stages";

    /** What the handler answers. */
    public record Carried(int number, long process, int attempt) {
    }
}
