package dev.pychat.ref.server;

import dev.pychat.model.PychatException;
import dev.pychat.ref.server.control.ControlCommand;
import dev.pychat.ref.server.control.ControlServer;
import dev.pychat.ref.server.operation.Operations;
import dev.pychat.server.ChatServer;
import dev.pychat.server.ServerLimits;
import dev.pychat.server.ServerMetrics;
import dev.pychat.server.ServerOptions;
import dev.pychat.store.ServerStores;
import dev.pychat.store.StoreException;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.Durability;
import dev.pychat.store.directory.StoreKind;
import dev.pychat.store.directory.internal.PrivateFiles;
import dev.pychat.store.directory.internal.Reasons;
import dev.pychat.transport.ServerTransport;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportException;
import dev.pychat.transport.TransportOptions;
import dev.pychat.transport.netty.NettyTransport;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.LoggerFactory;

/**
 * The reference server, running over TLS on a data directory.
 *
 * <p>Thread-safe.
 */
public final class RunningServer implements AutoCloseable {

    private final ChatServer server;
    private final String host;
    private final ServerTls tls;
    private final TlsWatch watch;
    private final Optional<Operations> operations;
    private final Optional<ControlServer> control;

    private RunningServer(
            ChatServer server,
            String host,
            ServerTls tls,
            TlsWatch watch,
            Optional<Operations> operations,
            Optional<ControlServer> control) {
        this.server = server;
        this.host = host;
        this.tls = tls;
        this.watch = watch;
        this.operations = operations;
        this.control = control;
    }

    /**
     * Starts the reference server inside another program, with everything else as the program {@code pychat server} has it
     * where nothing is set. Its certificate is {@code tls-cert.pem} in the data directory.
     *
     * @param data the data directory, made if it is not there
     * @param host the name or address to listen on
     * @param port the port, 0 to 65,535; 0 for any free one
     * @return the running server
     * @throws PychatException if it can't start, with a sentence that says why; then nothing is left running
     */
    public static RunningServer start(Path data, String host, int port) throws PychatException {
        Map<Setting, String> settings =
                Map.of(Setting.DATA, data.toString(), Setting.HOST, host, Setting.PORT, Integer.toString(port));
        return start(Configuration.of(settings, Map.of()), Costs.REAL);
    }

    /**
     * Starts it.
     *
     * @param settings what was set
     * @param costs what logins cost; the program takes {@link Costs#REAL}
     * @return the running server
     * @throws StartException if it can't start; then nothing is left running
     */
    static RunningServer start(Configuration settings, Costs costs) throws StartException {
        String host = plain(settings.host());
        int port = settings.port();
        boolean listing = settings.listing();
        OptionalInt operationsPort = settings.operationsPort();
        Path data = settings.data();
        Durability durability = settings.durability();
        StoreKind kind = DataStores.kind(settings.store());
        boolean sockets = settings.transport().equals(Configuration.SOCKETS);
        requireBothOrNone(settings);
        TransportOptions bounds = Limit.transport(settings);
        ServerLimits limits = Limit.server(settings);
        if (!sockets) {
            NettyTransport.load();
        }
        SecureRandom random = new SecureRandom();
        DirectoryServerStores stores = DataStores.open(kind, data, random, durability);
        Optional<Operations> operations = Optional.empty();
        boolean started = false;
        boolean running = false;
        try {
            operations = operations(operationsPort);
            OwnCertificate own = new OwnCertificate(data, host, Clock.systemUTC(), random);
            ServerTls tls = tls(settings, own, stores);
            InetSocketAddress address = new InetSocketAddress(host, port);
            ServerTransport transport = sockets ? sockets(address, tls, bounds) : netty(address, tls, bounds);
            ChatServer server = ChatServer.start(ServerOptions.builder(stores)
                    .transport(transport)
                    .listing(listing)
                    .limits(limits)
                    .agent("pychat-server/" + Version.text())
                    .hashCost(costs.hash())
                    .passwordFloor(costs.password())
                    .metrics(operations.map(Operations::metrics).orElse(ServerMetrics.NONE))
                    .random(random)
                    .build());
            started = true;
            settled(own, tls, server);
            operations.ifPresent(each -> each.start(server::load, data, durability));
            Map<String, ControlCommand> commands = new HashMap<>(new DataCommands(stores, kind, data).all());
            commands.putAll(new TlsCommands(tls, data, random).all());
            Optional<ControlServer> control = control(data, commands);
            running = true;
            return new RunningServer(server, host, tls, TlsWatch.begin(tls), operations, control);
        } catch (TransportException e) {
            throw notListening(e);
        } finally {
            if (!running) {
                operations.ifPresent(Operations::close);
            }
            if (!started) {
                closeUnused(stores);
            }
        }
    }

    /** Some file systems take no sockets; the server serves its clients all the same. */
    private static Optional<ControlServer> control(Path data, Map<String, ControlCommand> commands) {
        try {
            return ControlServer.open(data, commands);
        } catch (IOException e) {
            LoggerFactory.getLogger(RunningServer.class)
                    .warn("no command reaches this server while it runs: {}", Reasons.of(e));
            return Optional.empty();
        }
    }

    /** An address in its usual form, without the brackets that it has in URLs; a name as it is. */
    private static String plain(String host) throws StartException {
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        String bare = brackets ? host.substring(1, host.length() - 1) : host;
        if (bare.indexOf(':') < 0 && !bare.matches("[0-9.]+")) {
            return host;
        }
        try {
            return InetAddress.getByName(bare).getHostAddress();
        } catch (UnknownHostException e) {
            throw new StartException(ExitCode.USAGE, "cannot listen on " + host + ": that is no address", e);
        }
    }

    /** Prints where it listens and which key it shows. */
    void introduce(Configuration settings, PrintStream out) throws StartException {
        Path data = settings.data();
        out.println("pychat server " + Version.text() + ", data in " + data.toAbsolutePath());
        Path key = settings.file(Setting.TLS_KEY).orElse(OwnCertificate.keyFile(data));
        if (PrivateFiles.isOpenToOthers(key)) {
            out.println("everybody on this machine can use the key " + key + ": make it private with chmod 600");
        }
        if (settings.durability() == Durability.OS) {
            out.println(
                    "durability=os: messages are accepted before they are on the disk, a power failure may lose the last ones");
        }
        out.println("connections use "
                + (settings.transport().equals(Configuration.SOCKETS)
                        ? "Java's TLS and sockets"
                        : NettyTransport.platform()));
        out.println("fingerprint " + tls.fingerprint() + " (SHA-256 of the server's certificate)");
        operations.ifPresent(each -> out.println("for operators: " + each.url() + "/health, /ready and /metrics"));
        out.println("listening on " + address());
        out.flush();
    }

    /**
     * Where it listens, as a client is told it.
     *
     * @return host and port
     */
    public String address() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + server.port();
    }

    /**
     * The SHA-256 fingerprint of the certificate that it shows now.
     *
     * @return {@code sha256:} and 64 hexadecimal digits
     */
    public String fingerprint() {
        return tls.fingerprint();
    }

    /**
     * The port it listens on.
     *
     * @return 1 to 65,535
     */
    public int port() {
        return server.port();
    }

    /** Stops it: answers what is in flight, tells the clients and closes the data directory. Idempotent. */
    @Override
    public void close() {
        // First, for a command that reads holds up the end of the store.
        control.ifPresent(ControlServer::close);
        watch.close();
        server.close();
        operations.ifPresent(Operations::close);
    }

    private static Optional<Operations> operations(OptionalInt port) throws StartException {
        if (port.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Operations.bind(port.getAsInt()));
        } catch (BindException e) {
            throw new StartException(
                    ExitCode.ADDRESS_IN_USE,
                    "cannot listen on port " + port.getAsInt() + " for operators: " + e.getMessage(),
                    e);
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.CANNOT_READ_OR_WRITE,
                    "cannot listen on port " + port.getAsInt() + " for operators: " + e.getMessage(),
                    e);
        }
    }

    private static void requireBothOrNone(Configuration settings) throws StartException {
        if (settings.file(Setting.TLS_CERT).isPresent()
                != settings.file(Setting.TLS_KEY).isPresent()) {
            throw new StartException(
                    ExitCode.USAGE, "tls.cert and tls.key belong together: set both, or none to have them made");
        }
    }

    private static ServerTls tls(Configuration settings, OwnCertificate own, DirectoryServerStores stores)
            throws StartException {
        Path data = settings.data();
        Optional<Path> issuers = settings.file(Setting.TLS_CLIENT_CA);
        Optional<Path> certificate = settings.file(Setting.TLS_CERT);
        Optional<Path> key = settings.file(Setting.TLS_KEY);
        ServerTls.Trial trial =
                settings.transport().equals(Configuration.SOCKETS) ? shown -> {} : NettyTransport::requireUsable;
        if (certificate.isPresent() && key.isPresent()) {
            TlsSource given = new TlsSource.Given(certificate.get(), key.get());
            return ServerTls.begin(data, given, given.read(), issuers, trial);
        }
        return ServerTls.begin(data, new TlsSource.Own(own), own.obtain(DataStores.hasUsers(stores)), issuers, trial);
    }

    private static ServerTransport netty(InetSocketAddress address, ServerTls tls, TransportOptions bounds) {
        return tls.wantsClientCertificates()
                ? NettyTransport.serverOfCertified(address, tls::certificate, bounds)
                : NettyTransport.server(address, tls::certificate, bounds);
    }

    private static ServerTransport sockets(InetSocketAddress address, ServerTls tls, TransportOptions bounds) {
        return tls.wantsClientCertificates()
                ? TlsSocketTransport.serverOfCertified(address, tls::context, bounds)
                : TlsSocketTransport.server(address, tls::context, bounds);
    }

    private static void settled(OwnCertificate own, ServerTls tls, ChatServer server) throws StartException {
        try {
            own.keep();
            tls.serves(server);
        } catch (StartException e) {
            server.close();
            throw e;
        }
    }

    private static StartException notListening(TransportException e) {
        String message = String.valueOf(e.getMessage());
        if (e.kind() == TransportException.Kind.UNKNOWN_HOST) {
            return new StartException(ExitCode.USAGE, message, e);
        }
        boolean inUse = e.kind() == TransportException.Kind.ADDRESS_IN_USE;
        return new StartException(inUse ? ExitCode.ADDRESS_IN_USE : ExitCode.CANNOT_READ_OR_WRITE, message, e);
    }

    private static void closeUnused(ServerStores stores) {
        try {
            stores.close();
        } catch (StoreException e) {
            LoggerFactory.getLogger(RunningServer.class)
                    .error("the data directory could not be closed cleanly: {}", e.getMessage());
        }
    }
}
