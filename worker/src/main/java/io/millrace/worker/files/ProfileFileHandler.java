package io.millrace.worker.files;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

import org.springframework.stereotype.Component;

import io.millrace.core.files.FileProfile;
import io.millrace.core.files.FileStore;
import io.millrace.core.files.ProfileFile;
import io.millrace.core.files.StoredFile;
import io.millrace.jobs.JobExecution;
import io.millrace.jobs.JobHandler;
import io.millrace.jobs.PermanentFailure;
import io.millrace.worker.files.packing.UnpackLimits;

/**
 * Profiles a stored file. Its progress is in bytes. Fails for good if the file is not there, is deleted meanwhile, or is
 * not what was stored, and if it is packed and damaged, or holds more than {@link UnpackLimits} allows. Nothing else that it
 * may hold is a reason to fail.
 */
@Component
final class ProfileFileHandler implements JobHandler<ProfileFile, FileProfile> {

    private final FileStore files;
    private final FileProfiler profiler;

    ProfileFileHandler(FileStore files, UnpackLimits limits) {
        this.files = files;
        this.profiler = new FileProfiler(limits);
    }

    @Override
    public FileProfile handle(ProfileFile job, JobExecution execution) throws IOException {
        var file = files.find(job.fileId())
                .orElseThrow(() -> new PermanentFailure("there is no file " + job.fileId()));
        var profile = profile(file, execution);
        if (!profile.sha256().equals(file.sha256())) {
            throw new PermanentFailure("the content of file " + file.id() + " is damaged: its SHA-256 has changed");
        }
        return profile;
    }

    private FileProfile profile(StoredFile file, JobExecution execution) throws IOException {
        try {
            return profiler.profile(() -> files.open(file), new FileHints(file.name(), file.contentType()),
                    bytes -> execution.progress(bytes, file.size()));
        } catch (NoSuchFileException e) {
            throw new PermanentFailure("file " + file.id() + " was deleted while it was read", e);
        }
    }
}
