package io.millrace.jobs;

import java.util.Optional;
import java.util.UUID;

/** All that is known of one job, for somebody who wants to know what became of it. */
public interface JobStories {

    /**
     * The story of a job; empty if there is none of this id, or none any more. Sees the caller's own transaction. Of a job whose row
     * cannot be read it tells what the row's columns say, and of one that JobRunr itself has stored what that has.
     *
     * @throws org.springframework.dao.DataAccessException
     *             if the database cannot be reached
     */
    Optional<JobStory> find(UUID id);
}
