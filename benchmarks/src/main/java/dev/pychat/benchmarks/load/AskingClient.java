package dev.pychat.benchmarks.load;

import dev.pychat.model.PychatException;
import dev.pychat.transport.ClientTransport;
import dev.pychat.transport.CloseReason;
import dev.pychat.transport.Connection;
import dev.pychat.transport.FrameHandler;
import dev.pychat.wire.ClientFrame;
import dev.pychat.wire.Hello;
import dev.pychat.wire.MalformedFrameException;
import dev.pychat.wire.ServerFrame;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** A connection that asks one thing after the other. Confined to one thread. */
public final class AskingClient implements FrameHandler<ServerFrame>, AutoCloseable {

    private final LinkedBlockingQueue<Supplier<ServerFrame>> heard = new LinkedBlockingQueue<>();
    private final Connection<ClientFrame> connection;
    private long asked;

    private AskingClient(ClientTransport transport) throws PychatException, InterruptedException {
        this.connection = transport.connect(opened -> this);
    }

    /**
     * Connects and says hello.
     *
     * @param transport the way to the server
     * @return a client that nobody has logged in on
     * @throws PychatException if it can't connect
     * @throws InterruptedException if it was interrupted
     */
    public static AskingClient connect(ClientTransport transport) throws PychatException, InterruptedException {
        AskingClient client = new AskingClient(transport);
        client.ask(id -> new Hello(id, List.of(1), "benchmark"));
        return client;
    }

    /**
     * Sends a request and waits for its answer.
     *
     * @param request what makes the request, given the id it is to have
     * @return the answer, which may be a refusal
     * @throws InterruptedException if it was interrupted
     * @throws IllegalStateException if anything else came, or the connection ended
     */
    public ServerFrame ask(LongFunction<? extends ClientFrame.Request> request) throws InterruptedException {
        connection.send(request.apply(++asked));
        return heard.take().get();
    }

    @Override
    public void onFrame(ServerFrame frame) {
        heard.add(() -> {
            if (!(frame instanceof ServerFrame.Reply reply) || reply.re() != asked) {
                throw new IllegalStateException("expected the reply to " + asked + ", got " + frame);
            }
            return frame;
        });
    }

    @Override
    public void onMalformed(MalformedFrameException fault) {
        fail(String.valueOf(fault.getMessage()));
    }

    @Override
    public void onClosed(CloseReason reason) {
        fail("the connection was closed: " + reason);
    }

    private void fail(String why) {
        heard.add(() -> {
            throw new IllegalStateException(why);
        });
    }

    @Override
    public void close() {
        connection.close(CloseReason.local("done"));
    }
}
