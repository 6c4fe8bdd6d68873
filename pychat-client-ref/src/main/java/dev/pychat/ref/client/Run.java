package dev.pychat.ref.client;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ClientOptions;
import dev.pychat.model.PychatException;
import dev.pychat.ref.client.home.DeviceHome;
import dev.pychat.ref.client.screen.Session;
import dev.pychat.ref.client.terminal.Console;
import dev.pychat.ref.client.terminal.StandardStreams;
import dev.pychat.ref.client.text.Printable;
import dev.pychat.store.ClientStores;
import dev.pychat.transport.ClientCertificate;
import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportException;
import dev.pychat.transport.TransportOptions;
import dev.pychat.transport.TrustRefusedException;
import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the program: opens home, console and connection, and says in one line why it could not. */
final class Run {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);

    private final ClientCommand command;
    private final PrintStream err;

    Run(ClientCommand command, PrintStream err) {
        this.command = command;
        this.err = err;
    }

    ExitCode run() {
        try (DeviceHome home = DeviceHome.open(command.home)) {
            LogFile.begin(home.log());
            try (Console console = StandardStreams.open(System.getenv("NO_COLOR") == null)) {
                ExitCode code = chat(home, console);
                return code == ExitCode.DONE && console.isCut() ? Main.unwritten("pychat client", err) : code;
            } catch (TransportException | IOException e) {
                // All is said by its sentence: where the network, the command line or a file is at fault, the program's
                // steps tell nothing.
                LOG.info("The client ends: {}", Failures.sentence(e));
                return failed(e);
            } catch (PychatException | RuntimeException e) {
                LOG.error("The client ends", e);
                return failed(e);
            } finally {
                LogFile.end();
            }
        } catch (IOException e) {
            return failed(e);
        }
    }

    private ExitCode failed(Exception failure) {
        err.println("pychat client: " + Printable.line(Failures.sentence(failure)));
        return Failures.code(failure);
    }

    private ExitCode chat(DeviceHome home, Console console) throws PychatException, IOException {
        Trust trust = new Trust(command.server, home.knownServers(), command.trust, command.fingerprints);
        SecureRandom random = new SecureRandom();
        try (ClientStores stores = home.stores()) {
            while (true) {
                try (ChatClient client = connect(trust, stores, random, console)) {
                    Session.End end =
                            Session.run(console, client, command.server.toString(), ZoneId.systemDefault(), random);
                    if (end != Session.End.LOGGED_OUT) {
                        return end == Session.End.DONE ? ExitCode.DONE : ExitCode.NOT_DONE;
                    }
                } catch (TrustRefusedException refused) {
                    if (!trust.accept(refused, console)) {
                        err.println("pychat client: " + Printable.line(trust.advice(refused)));
                        return ExitCode.TRUST_REFUSED;
                    }
                } catch (InterruptedException e) {
                    err.println("pychat client: stopped");
                    return ExitCode.NOT_DONE;
                }
            }
        }
    }

    private ChatClient connect(Trust trust, ClientStores stores, SecureRandom random, Console console)
            throws PychatException, IOException, InterruptedException {
        Optional<ClientCertificate> own = OwnCertificate.read(command.certificate, command.key);
        String host = command.server.host();
        int port = command.server.port();
        ClientTransport transport = own.isPresent()
                ? TlsSocketTransport.client(host, port, trust.serverTrust(), own.get(), TransportOptions.DEFAULT)
                : TlsSocketTransport.client(host, port, trust.serverTrust(), TransportOptions.DEFAULT);
        ClientOptions.Builder options =
                ClientOptions.builder(transport, stores).random(random).agent("pychat-client/" + Version.number());
        // A script that reads is no person who has: it says so along with what it sends, and sends nothing for it
        // alone.
        return ChatClient.connect((console.interactive() ? options : options.receiptDelay(Duration.ZERO)).build());
    }
}
