package dev.pychat.examples.demo;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ClientOptions;
import dev.pychat.client.ClosedException;
import dev.pychat.ref.client.home.DeviceHome;
import dev.pychat.ref.client.screen.Session;
import dev.pychat.store.ClientStores;
import dev.pychat.transport.ClientTransport;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A person before the reference client, which runs until they leave. Confined to the thread of the play. */
final class Seat {

    private final Person person;
    private final Duration patience;
    private final CompletableFuture<ChatClient> connected = new CompletableFuture<>();
    private final FutureTask<Boolean> session;

    private Seat(Person person, Duration patience, Path home, ClientTransport transport, String server) {
        this.person = person;
        this.patience = patience;
        this.session = new FutureTask<>(() -> run(home, transport, server));
    }

    /** Starts the client with the person's own directory. */
    static Seat take(Person person, Duration patience, Path home, ClientTransport transport, String server) {
        Seat seat = new Seat(person, patience, home, transport, server);
        Thread thread = new Thread(seat.session, "pychat-demo-" + person.side());
        thread.setDaemon(true);
        thread.start();
        return seat;
    }

    private boolean run(Path directory, ClientTransport transport, String server) throws Exception {
        try (DeviceHome home = DeviceHome.open(directory);
                var stores = home.stores();
                ChatClient client = ChatClient.connect(options(transport, stores))) {
            connected.complete(client);
            return Session.run(person, client, server, ZoneId.systemDefault(), new SecureRandom()) == Session.End.DONE;
        } catch (Exception e) {
            connected.completeExceptionally(e);
            throw e;
        }
    }

    /** What the server stores is shown beside what was typed, so nothing is sent that nobody has typed. */
    private static ClientOptions options(ClientTransport transport, ClientStores stores) {
        return ClientOptions.builder(transport, stores)
                .receiptDelay(Duration.ZERO)
                .build();
    }

    /** Who sits here. */
    Person person() {
        return person;
    }

    /** Waits until the server has accepted all that was sent. */
    void requireAccepted() throws InterruptedException, DemoFailure {
        try {
            if (!outcome(connected).awaitAccepted(patience)) {
                throw new DemoFailure("the server did not accept what " + person.side() + " sent");
            }
        } catch (ClosedException e) {
            throw new DemoFailure(person.side() + "'s client has ended: " + e.getMessage());
        }
    }

    /** Waits until the client has ended, which must have sent everything. */
    void requireGoodEnd() throws InterruptedException, DemoFailure {
        if (!outcome(session)) {
            throw new DemoFailure("something that " + person.side() + " sent was not accepted");
        }
    }

    private <T> T outcome(Future<T> awaited) throws InterruptedException, DemoFailure {
        try {
            return awaited.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new DemoFailure(person.side() + "'s client failed: " + e.getCause());
        } catch (TimeoutException e) {
            throw new DemoFailure(person.side() + "'s client did not end what it was doing");
        }
    }
}
