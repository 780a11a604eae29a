package io.millrace.jobs.sample;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** What a service with JPA keeps. */
@Entity
public class Customer {

    @Id
    private int id;

    protected Customer() {
    }

    public Customer(int id) {
        this.id = id;
    }

    public int id() {
        return id;
    }
}
