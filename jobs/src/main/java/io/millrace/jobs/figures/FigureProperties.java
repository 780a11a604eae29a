package io.millrace.jobs.figures;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of figures.
 *
 * @param enabled
 *            whether this process writes down what happens to jobs in it
 * @param cluster
 *            whether this process takes part in looking at all queues and types, and has gauges of them: one of those that do looks
 */
@ConfigurationProperties("millrace.jobs.figures")
record FigureProperties(@DefaultValue("true") boolean enabled, @DefaultValue("false") boolean cluster) {
}
