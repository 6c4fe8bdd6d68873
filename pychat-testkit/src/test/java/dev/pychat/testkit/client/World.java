package dev.pychat.testkit.client;

import dev.pychat.client.ClientOptions;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.server.ChatServer;
import dev.pychat.server.HashCost;
import dev.pychat.server.ServerLimits;
import dev.pychat.server.ServerOptions;
import dev.pychat.store.ClientStores;
import dev.pychat.store.ServerStores;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.testkit.TestCertificates;
import dev.pychat.testkit.key.PublishedKeys;
import dev.pychat.testkit.liar.LyingServer;
import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.InProcessTransport;
import dev.pychat.transport.ServerTransport;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportException;
import dev.pychat.transport.TransportOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A server in this JVM, which can be stopped and started over the same stores, and the people who talk over it. */
final class World implements AutoCloseable {

    /** One for all, so that two devices of an account are not given the same key. */
    private static final PublishedKeys KEYS = new PublishedKeys();

    static final PasswordCost CHEAP = new PasswordCost(8, 1, 1);

    private final ServerTransport listening;
    private final Supplier<ClientTransport> way;
    private final KeptStores stores = new KeptStores(MemoryServerStores.create(new SecureRandom()));
    private final LyingServer liar;
    private final List<Person> people = new ArrayList<>();
    private final ServerLimits limits;
    private final Optional<ServerTrust> trust;
    private ChatServer server;

    private World(ServerLimits limits) throws TransportException {
        this.limits = limits;
        trust = Optional.empty();
        InProcessTransport transport = InProcessTransport.create();
        liar = LyingServer.over(stores, transport);
        listening = liar.transport();
        way = transport::client;
        server = startServer();
    }

    private World(TestCertificates certificate, ServerLimits limits) throws TransportException {
        this.limits = limits;
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        trust = Optional.of(ServerTrust.certificates(List.of(certificate.certificate())));
        liar = LyingServer.over(
                stores, TlsSocketTransport.server(anyPort, certificate::serverContext, TransportOptions.DEFAULT));
        listening = liar.transport();
        way = () -> transport(port());
        server = startServer();
    }

    static World start() throws TransportException {
        return new World(manySignUps().build());
    }

    /** The same with a server that keeps a connection without a session only so long. */
    static World start(Duration signInTime) throws TransportException {
        return new World(manySignUps().signInTime(signInTime).build());
    }

    private static ServerLimits.Builder manySignUps() {
        return ServerLimits.builder().freeSignUps(10_000);
    }

    /** The same over TLS on a port of this machine. */
    static World startOverTls() throws TransportException {
        return startOverTls(limits -> limits);
    }

    static World startOverTls(UnaryOperator<ServerLimits.Builder> limits) throws TransportException {
        return new World(
                TestCertificates.selfSigned("localhost"),
                limits.apply(manySignUps()).build());
    }

    /** A way over TLS to another port, behind which somebody passes everything on to the server. */
    ClientTransport transport(int port) {
        return TlsSocketTransport.client("localhost", port, trust.orElseThrow(), TransportOptions.DEFAULT);
    }

    int port() {
        return server.port();
    }

    private ChatServer startServer() throws TransportException {
        return ChatServer.start(ServerOptions.builder(liar.stores())
                .transport(listening)
                .hashCost(new HashCost(HashCost.MIN))
                .passwordFloor(CHEAP)
                .limits(limits)
                .build());
    }

    /** The server's messages, which can be told to refuse. */
    RefusingMessages messages() {
        return stores.messages();
    }

    /** What stands between the server and everybody, and tells the truth until it is told to lie. */
    LyingServer liar() {
        return liar;
    }

    ServerStores stores() {
        return stores;
    }

    void stopServer() {
        server.close();
    }

    void startServerAgain() throws TransportException {
        server = startServer();
    }

    ClientTransport transport() {
        return way.get();
    }

    /** Somebody who has just signed up. */
    Person signUp(String name) throws Exception {
        Person person = connect(name, new MemoryClientStores(), transport());
        person.client().signUp(person.user(), passphrase(name));
        return person;
    }

    Person logIn(String name, ClientStores stores) throws Exception {
        Person person = connect(name, stores, transport());
        person.client().logIn(person.user(), passphrase(name));
        return person;
    }

    Person connect(String name, ClientStores stores, ClientTransport over) throws Exception {
        return connect(name, stores, over, builder -> builder);
    }

    Person connect(String name, ClientStores stores, ClientTransport over, UnaryOperator<ClientOptions.Builder> changes)
            throws Exception {
        Person person = Person.connect(name, stores, options(over, stores, changes));
        people.add(person);
        return person;
    }

    static ClientOptions options(ClientTransport over, ClientStores stores) {
        return options(over, stores, builder -> builder);
    }

    static ClientOptions options(
            ClientTransport over, ClientStores stores, UnaryOperator<ClientOptions.Builder> changes) {
        return changes.apply(ClientOptions.builder(over, stores)
                        .passwordCost(CHEAP)
                        .keySource(KEYS)
                        .requestTimeout(Duration.ofSeconds(10))
                        .firstRetry(Duration.ofMillis(10))
                        .longestRetry(Duration.ofMillis(200))
                        // Whoever counts messages counts what was said.
                        .receiptDelay(Duration.ZERO))
                .build();
    }

    static Passphrase passphrase(String name) throws Exception {
        return Passphrase.of(("the passphrase of " + name).toCharArray());
    }

    @Override
    public void close() {
        people.forEach(Person::close);
        server.close();
    }
}
