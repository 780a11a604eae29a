package io.millrace.local.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/** The first Redis of the jar that this machine can run, unpacked. */
record RedisProgram(Path path) {

    /** Needs no library of the machine; the 64-bit one of the jar needs OpenSSL 3. */
    private static final String STATIC_LINUX_386 = "/redis-server-6.2.7-linux-386";

    static RedisProgram unpack(Path folder) throws IOException {
        Files.createDirectories(folder);
        var reasons = new ArrayList<String>();
        for (var provider : providers(folder)) {
            var program = provider.get().toPath();
            var version = Command.run(List.of(program.toString(), "--version"));
            if (version.succeeded()) {
                return new RedisProgram(program);
            }
            reasons.add(version.lastLine());
        }
        throw new IOException(String.join("; ", reasons));
    }

    private static List<ExecutableProvider> providers(Path folder) {
        return List.of(ExecutableProvider.newJarResourceProvider(folder.toFile()),
                ExecutableProvider.newJarResourceProvider(folder::toFile,
                        Map.of(OsArchitecture.UNIX_x86_64, STATIC_LINUX_386)));
    }
}
