package dev.pychat.benchmarks.contender;

import dev.pychat.benchmarks.load.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prosody, without the limits on traffic that Debian's configuration has. */
final class Prosody implements Contender {

    private final Net net;

    Prosody(Net net) {
        this.net = net;
    }

    @Override
    public String name() {
        return "prosody";
    }

    @Override
    public Optional<String> missing() {
        return Command.find("prosody").isPresent() ? Optional.empty() : Optional.of("prosody");
    }

    @Override
    public String version() throws IOException, InterruptedException {
        return Command.packageVersion("prosody");
    }

    @Override
    public String durability() {
        return "default: what people are away for is appended to a file each and not synced; what is delivered at once is not stored";
    }

    @Override
    public String accepted() {
        return "`<a/>` of stream management: handed on or written to a file, not synced";
    }

    @Override
    public RunningServer start(Place place) throws IOException, InterruptedException {
        Path directory = place.directory();
        Path data = directory.resolve("data");
        Path accounts = data.resolve(XmppParty.DOMAIN).resolve("accounts");
        if (!Files.exists(accounts)) {
            Files.createDirectories(accounts);
            for (int user = 0; user < place.users(); user++) {
                Files.writeString(
                        accounts.resolve(XmppParty.name(user) + ".dat"),
                        "return { [\"password\"] = \"" + XmppParty.PASSWORD + "\"; };\n");
            }
        }
        int port = Launched.freePort();
        Path configuration = directory.resolve("prosody.cfg.lua");
        Files.writeString(configuration, """
                run_as_root = true
                pidfile = "%1$s/prosody.pid"
                data_path = "%2$s"
                interfaces = { "127.0.0.1" }
                c2s_ports = {}
                c2s_direct_tls_ports = { %3$d }
                ssl = { certificate = "%4$s"; key = "%5$s"; protocol = "tlsv1_3"; }
                modules_enabled = { "saslauth"; "roster"; "ping"; "smacks"; }
                modules_disabled = { "s2s" }
                authentication = "internal_plain"
                storage = "internal"
                log = { warn = "*console" }
                VirtualHost "%6$s"
                """.formatted(
                        directory,
                        data,
                        port,
                        place.certificate().chain(),
                        place.certificate().key(),
                        XmppParty.DOMAIN));
        Launched process = Launched.start(
                place,
                port,
                Map.of(),
                List.of(Command.require("prosody").toString(), "--config", configuration.toString(), "-F"));
        return new RunningServer(process, net, net.tls("xmpp-client"), XmppParty::new);
    }
}
