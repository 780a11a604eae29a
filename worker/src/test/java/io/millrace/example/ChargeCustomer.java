package io.millrace.example;

import java.net.ConnectException;
import java.util.UUID;

import io.millrace.jobs.Job;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.JobType;
import io.millrace.jobs.NothingHappened;

/** Charges a customer at a payment service, and tells them on their phone. */
@JobType(name = "charge-customer")
public record ChargeCustomer(UUID customer, long cents) implements Job<ChargeCustomer.Receipt> {

    public record Receipt(String number) {
    }

    static class Handler implements JobHandler<ChargeCustomer, Receipt> {

        private final Payments payments;
        private final Phones phones;

        Handler(Payments payments, Phones phones) {
            this.payments = payments;
            this.phones = phones;
        }

        @Override
        public Receipt handle(ChargeCustomer job, JobExecution execution) throws Exception {
            var receipt = execution.effects().once("charge", Receipt.class, effect -> {
                try {
                    // A key that the service has seen already charges nobody twice.
                    return payments.charge(job.customer(), job.cents(), effect.idempotencyKey());
                } catch (ConnectException e) {
                    throw new NothingHappened(e);
                }
            });
            execution.effects().once("message", effect -> {
                // Nobody can be asked whether it was sent: rather none than two.
                if (!effect.mayHaveHappened()) {
                    phones.send(job.customer(), "Thank you, see receipt " + receipt.number());
                }
            });
            return receipt;
        }
    }

    interface Payments {
        Receipt charge(UUID customer, long cents, String idempotencyKey) throws ConnectException;
    }

    interface Phones {
        void send(UUID customer, String text);
    }
}
