package dev.pychat.benchmarks.contender;

import dev.pychat.benchmarks.load.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * ejabberd, without the limits on traffic that Debian's configuration has and with few of its modules. It is started as
 * {@code ejabberdctl foreground} does it, but for the name of the node, which other nodes would find it by.
 */
final class Ejabberd implements Contender {

    private static final int REGISTER_SECONDS = 120;

    private final Net net;

    Ejabberd(Net net) {
        this.net = net;
    }

    @Override
    public String name() {
        return "ejabberd";
    }

    @Override
    public Optional<String> missing() {
        return Command.find("ejabberdctl").isPresent() ? Optional.empty() : Optional.of("ejabberd");
    }

    @Override
    public String version() throws IOException, InterruptedException {
        return Command.packageVersion("ejabberd");
    }

    @Override
    public String durability() {
        return "default: what people are away for goes to Mnesia's files, not synced; what is delivered at once is not stored";
    }

    @Override
    public String accepted() {
        return "`<a/>` of stream management: taken by the sender's process, not yet handed on or stored";
    }

    @Override
    public RunningServer start(Place place) throws IOException, InterruptedException {
        Path directory = place.directory();
        Path pem = directory.resolve("server.pem");
        Files.writeString(
                pem,
                Files.readString(place.certificate().chain())
                        + Files.readString(place.certificate().sec1()));
        int port = Launched.freePort();
        Path configuration = directory.resolve("ejabberd.yml");
        Files.writeString(configuration, configuration(port, pem));
        Path registered = directory.resolve("registered");
        String register = Files.exists(registered) ? "ok." : register(place.users(), registered);
        Launched process = Launched.start(
                place,
                port,
                Map.of(
                        "ERL_LIBS", libraries().toString(),
                        "EJABBERD_CONFIG_PATH", configuration.toString(),
                        "EJABBERD_LOG_PATH", directory.resolve("ejabberd.log").toString(),
                        "ERL_CRASH_DUMP", directory.resolve("crash.dump").toString(),
                        "ERL_MAX_PORTS", "65536",
                        "ERL_MAX_ETS_TABLES", "1400",
                        "HOME", directory.toString()),
                List.of(
                        Command.require("erl").toString(),
                        "+K",
                        "true",
                        "+P",
                        "250000",
                        "-mnesia",
                        "dir",
                        "\"" + directory.resolve("mnesia") + "\"",
                        "-s",
                        "ejabberd",
                        "-noinput",
                        "-eval",
                        register));
        for (int i = 0; i < REGISTER_SECONDS * 10 && !Files.exists(registered) && process.isAlive(); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        if (!Files.exists(registered)) {
            process.kill();
            throw new IOException("ejabberd has not registered " + place.users() + " users; its log ends with:\n"
                    + Launched.end(place.log()));
        }
        return new RunningServer(process, net, net.tls("xmpp-client"), XmppParty::new);
    }

    /** Debian keeps Erlang's libraries in the directory of the machine's architecture. */
    private static Path libraries() throws IOException {
        try (Stream<Path> found = Files.find(
                Path.of("/usr/lib"),
                2,
                (path, is) -> is.isDirectory() && path.getFileName().toString().startsWith("ejabberd-"))) {
            return found.findFirst()
                    .map(Path::getParent)
                    .orElseThrow(() -> new IOException("ejabberd's library is not below /usr/lib"));
        }
    }

    private static String register(int users, Path registered) {
        return "[ejabberd_auth:try_register(<<\"user\", (integer_to_binary(I))/binary>>, <<\"" + XmppParty.DOMAIN
                + "\">>, <<\"" + XmppParty.PASSWORD + "\">>) || I <- lists:seq(0, " + (users - 1)
                + ")], file:write_file(\"" + registered + "\", <<>>).";
    }

    private static String configuration(int port, Path pem) {
        return """
                loglevel: error
                hosts:
                  - %s
                certfiles:
                  - "%s"
                listen:
                  -
                    port: %d
                    ip: "127.0.0.1"
                    module: ejabberd_c2s
                    tls: true
                    max_stanza_size: 262144
                    access: all
                auth_method: internal
                auth_password_format: plain
                shaper_rules:
                  max_user_sessions: 10
                  max_user_offline_messages: infinity
                modules:
                  mod_offline:
                    access_max_user_messages: max_user_offline_messages
                  mod_ping: {}
                  mod_roster: {}
                  mod_stream_mgmt: {}
                """.formatted(XmppParty.DOMAIN, pem, port);
    }
}
