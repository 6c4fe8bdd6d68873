package dev.pychat.testkit.server;

import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.server.ChatServer;
import dev.pychat.server.HashCost;
import dev.pychat.server.ServerLimits;
import dev.pychat.server.ServerOptions;
import dev.pychat.store.ServerStores;
import dev.pychat.store.StoreException;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.transport.InProcessTransport;
import dev.pychat.transport.TransportException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A server in this JVM with cheap costs, and the clients that tests connect to it. */
final class TestServer implements AutoCloseable {

    private final ServerStores stores;
    private final InProcessTransport transport = InProcessTransport.create();
    private final ChatServer server;
    private final List<RawClient> clients = new ArrayList<>();

    private TestServer(ServerStores stores, UnaryOperator<ServerOptions.Builder> changes) throws TransportException {
        this.stores = stores;
        ServerOptions.Builder options = ServerOptions.builder(stores)
                .transport(transport)
                .hashCost(new HashCost(HashCost.MIN))
                .passwordFloor(new PasswordCost(8, 1, 1));
        server = ChatServer.start(changes.apply(options).build());
    }

    static TestServer start() throws TransportException {
        return start(options -> options);
    }

    static TestServer start(UnaryOperator<ServerOptions.Builder> changes) throws TransportException {
        return start(MemoryServerStores.create(new SecureRandom()), changes);
    }

    /** A server over stores of the test's own. */
    static TestServer start(ServerStores stores, UnaryOperator<ServerOptions.Builder> changes)
            throws TransportException {
        return new TestServer(stores, changes);
    }

    static TestServer limited(UnaryOperator<ServerLimits.Builder> changes) throws TransportException {
        return start(
                options -> options.limits(changes.apply(ServerLimits.builder()).build()));
    }

    ChatServer server() {
        return server;
    }

    /** Waits until so many connections are open; a client that does not read never learns that its own is not. */
    void awaitConnections(int expected) {
        await(() -> server.connections() == expected);
    }

    /** Waits until something holds of the server that nobody is told of. */
    void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + RawClient.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not come about; the server's load is " + server.load());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Takes the stores away from under the server. */
    void closeStores() throws StoreException {
        stores.close();
    }

    /** A connected client that has said nothing yet. */
    RawClient client() throws Exception {
        RawClient client = RawClient.connect(transport.client());
        clients.add(client);
        return client;
    }

    /** A client with a new account. */
    RawClient signedUp(String name) throws Exception {
        RawClient client = client();
        client.signUp(name);
        return client;
    }

    RawClient loggedIn(String name) throws Exception {
        RawClient client = client();
        client.logIn(name);
        return client;
    }

    @Override
    public void close() {
        clients.forEach(RawClient::close);
        server.close();
    }
}
