package dev.pychat.benchmarks.contender;

import dev.pychat.benchmarks.load.Command;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** NATS with JetStream: one stream in files, and a durable consumer for each user, which is pushed to and acknowledges each message. */
final class Nats implements Contender {

    static final String USER = "load";
    static final String PASSWORD = "generator";

    private static final int SETUP_SECONDS = 30;

    private final Net net;

    Nats(Net net) {
        this.net = net;
    }

    @Override
    public String name() {
        return "nats";
    }

    @Override
    public Optional<String> missing() {
        return Command.find("nats-server").isPresent() ? Optional.empty() : Optional.of("nats-server");
    }

    @Override
    public String version() throws IOException, InterruptedException {
        return Command.packageVersion("nats-server");
    }

    @Override
    public String durability() {
        return "JetStream's default for a stream in files: written to the file at once, synced every 2 minutes";
    }

    @Override
    public String accepted() {
        return "JetStream's acknowledgement: in the hands of the operating system";
    }

    @Override
    public RunningServer start(Place place) throws IOException, InterruptedException {
        int port = Launched.freePort();
        Path configuration = place.directory().resolve("nats.conf");
        Files.writeString(configuration, """
                listen: "127.0.0.1:%d"
                server_name: "field"
                tls { cert_file: "%s", key_file: "%s" }
                authorization { user: "%s", password: "%s" }
                jetstream { store_dir: "%s" }
                """.formatted(
                        port,
                        place.certificate().chain(),
                        place.certificate().key(),
                        USER,
                        PASSWORD,
                        place.directory().resolve("stream")));
        Launched process = Launched.start(
                place,
                port,
                Map.of(),
                List.of(Command.require("nats-server").toString(), "-c", configuration.toString()));
        SslContext tls = net.tls();
        makeStream(tls, port);
        return new RunningServer(process, net, tls, part -> new NatsParty(part, tls, false));
    }

    private void makeStream(SslContext tls, int port) throws IOException, InterruptedException {
        Party maker = new NatsParty(new Part(0, 0, Role.SENDER, false, Tally.counting()), tls, true);
        net.connect(maker, tls, port);
        try {
            maker.ready().get(SETUP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the stream could not be made", e);
        }
        maker.leave().join();
    }
}
