package io.millrace.jobs.sample;

import org.springframework.stereotype.Component;

import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;

/** Answers a weight that fails whoever asks for it. */
@Component
public class WeighGoodsHandler implements JobHandler<WeighGoods, WeighGoods.Weight> {

    @Override
    public WeighGoods.Weight handle(WeighGoods job, JobExecution execution) {
        return new WeighGoods.Weight(job.number());
    }
}
