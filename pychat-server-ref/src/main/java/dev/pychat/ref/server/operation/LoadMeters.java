package dev.pychat.ref.server.operation;

import dev.pychat.server.ServerLoad;
import dev.pychat.store.directory.Durability;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What a server has in hand, looked at whenever somebody asks. Stateless. */
final class LoadMeters {

    private LoadMeters() {}

    static void register(MeterRegistry registry, Supplier<ServerLoad> load, Path data, Durability durability) {
        gauge(registry, load, "pychat.connections", "Clients that are connected.", ServerLoad::connections);
        gauge(registry, load, "pychat.sessions", "Of these, those that are signed in.", ServerLoad::sessions);
        gauge(registry, load, "pychat.requests.unanswered", "Requests not answered yet.", ServerLoad::unanswered);
        gauge(registry, load, "pychat.store.waiting", "Messages that wait to be stored.", ServerLoad::waitingMessages);
        gauge(registry, load, "pychat.store.waiting.bytes", "The size of their envelopes.", ServerLoad::waitingBytes);
        gauge(registry, load, "pychat.hash.waiting", "Secrets being hashed or waiting.", ServerLoad::waitingHashes);
        gauge(
                registry,
                load,
                "pychat.store.failing",
                "1 if the store did not take the last messages, or in the last minute a sign-up, log-in or change of an account, else 0.",
                now -> now.storeFailure().isPresent() ? 1 : 0);
        Gauge.builder("pychat.store.synced", () -> durability == Durability.DISK ? 1 : 0)
                .description("1 if a batch is on the disk before it is accepted, 0 if that is left to the system.")
                .register(registry);
        Gauge.builder("pychat.store.size.bytes", data, LoadMeters::size)
                .description("What the data directory takes on the disk.")
                .strongReference(true)
                .register(registry);
    }

    private static void gauge(
            MeterRegistry registry,
            Supplier<ServerLoad> load,
            String name,
            String description,
            ToDoubleFunction<ServerLoad> figure) {
        Gauge.builder(name, load, now -> figure.applyAsDouble(now.get()))
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** Not a number if the directory can't be read. */
    private static double size(Path directory) {
        try {
            return DirectorySize.bytes(directory);
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
