package io.millrace.jobs.sample;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobType;

/** Weighs what nobody can weigh: what {@link WeighGoodsHandler} answers cannot be read. */
@JobType(name = "weigh-goods", queue = "scales", maxAttempts = 1)
public record WeighGoods(int number) implements Job<WeighGoods.Weight> {

    /** How much it is. */
    public record Weight(int grams) {

        @Override
        public int grams() {
            throw new StackOverflowError("too heavy");
        }
    }
}
