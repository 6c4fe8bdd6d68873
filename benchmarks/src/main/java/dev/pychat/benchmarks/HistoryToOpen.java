package dev.pychat.benchmarks;

import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.server.ChatServer;
import dev.pychat.server.HashCost;
import dev.pychat.server.ServerLimits;
import dev.pychat.server.ServerOptions;
import dev.pychat.store.memory.MemoryClientStores;
import dev.pychat.store.memory.MemoryServerStores;
import dev.pychat.transport.InProcessTransport;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A server in this process, and on it a history that one side has written while the other was away: each time another one, so that no
 * device is in use twice.
 *
 * <p>Confined to one thread.
 */
@State(Scope.Thread)
public class HistoryToOpen {

    private static final String TEXT = "a".repeat(300);
    private static final Username WRITER = new Username("writer");

    /** How many messages the history has. */
    @Param("1000")
    public int messages;

    private final InProcessTransport transport = InProcessTransport.create();
    private @Nullable ChatServer server;
    private @Nullable ChatDevice writer;
    private @Nullable ChatDevice opened;
    private MemoryClientStores device = new MemoryClientStores();
    private String reader = "";
    private int readers;

    /** Makes the benchmark's states; JMH does. */
    public HistoryToOpen() {}

    /**
     * Starts the server.
     *
     * @throws PychatException if something refuses
     * @throws InterruptedException if it was interrupted
     */
    @Setup(Level.Trial)
    public void start() throws PychatException, InterruptedException {
        server = ChatServer.start(ServerOptions.builder(MemoryServerStores.create(new SecureRandom()))
                .transport(transport)
                .hashCost(new HashCost(HashCost.MIN))
                .passwordFloor(ChatDevice.CHEAP)
                .limits(ServerLimits.builder().freeSignUps(10_000).build())
                .build());
        writer = ChatDevice.signUp(WRITER.value(), transport.client(), new MemoryClientStores());
    }

    /**
     * Somebody signs up and goes away, and is written to.
     *
     * @throws PychatException if something refuses
     * @throws InterruptedException if it was interrupted
     */
    @Setup(Level.Invocation)
    public void write() throws PychatException, InterruptedException {
        readers++;
        reader = "reader" + readers;
        device = new MemoryClientStores();
        ChatDevice.signUp(reader, transport.client(), device).close();
        ChatDevice writing = there(writer);
        for (int i = 0; i < messages; i++) {
            writing.say(new Username(reader), TEXT);
        }
        // When the writer has been told of them, it has no more to do with them either.
        writing.awaitTold(messages);
    }

    /** The device goes away again. */
    @TearDown(Level.Invocation)
    public void close() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }

    /** Stops everybody. */
    @TearDown(Level.Trial)
    public void stop() {
        there(writer).close();
        there(server).close();
    }

    /** The device comes back and reads. Returns how many messages there were. */
    int open() throws PychatException, InterruptedException {
        ChatDevice back = ChatDevice.logIn(reader, transport.client(), device);
        opened = back;
        int texts = back.read(WRITER);
        if (texts != messages) {
            throw new IllegalStateException("the history has " + texts + " of " + messages + " texts");
        }
        return texts;
    }

    private static <T> T there(@Nullable T made) {
        if (made == null) {
            throw new IllegalStateException("nothing has been started yet");
        }
        return made;
    }
}
