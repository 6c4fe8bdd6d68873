package dev.pychat.benchmarks.contender;

import dev.pychat.benchmarks.load.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Eclipse Mosquitto, MQTT 3.1.1 at QoS 1, with the persistence that Debian's configuration has. */
final class Mosquitto implements Contender {

    static final String USER = "load";
    static final String PASSWORD = "generator";

    private final Net net;

    Mosquitto(Net net) {
        this.net = net;
    }

    @Override
    public String name() {
        return "mosquitto";
    }

    @Override
    public Optional<String> missing() {
        return Command.find("mosquitto").isPresent() ? Optional.empty() : Optional.of("mosquitto");
    }

    @Override
    public String version() throws IOException, InterruptedException {
        return Command.packageVersion("mosquitto");
    }

    @Override
    public String durability() {
        return "Debian's default: kept in memory, saved to a file every 30 minutes and at the end";
    }

    @Override
    public String accepted() {
        return "PUBACK of QoS 1: in memory";
    }

    @Override
    public RunningServer start(Place place) throws IOException, InterruptedException {
        Path directory = place.directory();
        Path passwords = directory.resolve("passwords");
        if (!Files.exists(passwords)) {
            Command.run(
                    Command.require("mosquitto_passwd").toString(), "-b", "-c", passwords.toString(), USER, PASSWORD);
        }
        int port = Launched.freePort();
        Path configuration = directory.resolve("mosquitto.conf");
        // It would become another user, who may not write here.
        Files.writeString(configuration, """
                user root
                set_tcp_nodelay true
                persistence true
                persistence_location %s/
                log_dest stderr
                log_type error
                log_type warning
                allow_anonymous false
                password_file %s
                listener %d 127.0.0.1
                certfile %s
                keyfile %s
                tls_version tlsv1.3
                """.formatted(
                        directory,
                        passwords,
                        port,
                        place.certificate().chain(),
                        place.certificate().key()));
        Launched process = Launched.start(
                place,
                port,
                Map.of(),
                List.of(Command.require("mosquitto").toString(), "-c", configuration.toString()));
        return new RunningServer(process, net, net.tls(), MqttParty::new);
    }
}
