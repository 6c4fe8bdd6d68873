package dev.pychat.testkit.liar;

import dev.pychat.model.Username;
import dev.pychat.store.ServerStores;
import dev.pychat.transport.ServerTransport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A real server's stores and transport with a liar in between: whoever it has been told to lie to is shown another history, or
 * given other answers, than the server keeps and means. Everybody else is served as the server serves them.
 *
 * <p>What it stores is true; it lies in what it shows, so that one user can be lied to and another not, and a lie can be ended.
 * Whoever is lied to about a conversation gets consistent frames: positions, heads and pages all belong to the told
 * history. Only where an own message was stored is answered as it is.
 *
 * <p>Thread-safe. Lies may be told while clients are connected; they count from the next frame on. It reads the stores on the
 * transport's threads, so it is for tests only.
 */
public final class LyingServer {

    private record Pair(Username viewer, Username peer) {}

    private final ServerTransport transport;
    private final CarelessStores stores;
    private final Truth truth;
    private final Map<Pair, Lie> histories = new ConcurrentHashMap<>();
    private final Map<Username, AnswerLie> answers = new ConcurrentHashMap<>();
    private final Set<LyingConnection> connections = ConcurrentHashMap.newKeySet();

    private LyingServer(ServerStores stores, ServerTransport transport) {
        this.truth = new Truth(stores);
        this.stores = new CarelessStores(stores);
        this.transport = acceptor -> transport.listen(connection -> {
            LyingConnection liar = new LyingConnection(this, connection);
            connections.add(liar);
            return liar.begin(acceptor.accept(liar));
        });
    }

    /**
     * Makes one that lies to nobody yet.
     *
     * @param stores what the server keeps; the caller closes them, or the real server does
     * @param transport the way on which clients reach it
     * @return the liar; start a {@link dev.pychat.server.ChatServer} over its {@link #stores()} and {@link #transport()}
     */
    public static LyingServer over(ServerStores stores, ServerTransport transport) {
        return new LyingServer(stores, transport);
    }

    /**
     * What the real server is to listen on.
     *
     * @return the transport with the liar in it
     */
    public ServerTransport transport() {
        return transport;
    }

    /**
     * What the real server is to keep things in.
     *
     * @return the stores with the liar in them
     */
    public ServerStores stores() {
        return stores;
    }

    /**
     * Lies to one user about one conversation from now on, in place of any lie before.
     *
     * @param viewer who is lied to
     * @param peer the other side of the conversation
     * @param lie what is shown; {@link Lie#NONE} is the truth, told by the liar
     */
    public void tell(Username viewer, Username peer, Lie lie) {
        histories.put(new Pair(viewer, peer), lie);
        connections.forEach(connection -> connection.news(viewer, peer));
    }

    /**
     * Gives one user other answers from now on, in place of any such lie before.
     *
     * @param viewer who is lied to: the name that a connection has asked a salt for or logs in under
     * @param lie what becomes of each frame to that user, the told histories too
     */
    public void answer(Username viewer, AnswerLie lie) {
        answers.put(viewer, lie);
    }

    /**
     * Takes messages that do not follow the last one of their lane, as an honest server never does.
     *
     * @param skip whether it does so from now on
     */
    public void skipAfter(boolean skip) {
        stores.messages().skipAfter(skip);
    }

    /** Ends all lies. Positions that somebody was told already stay told. */
    public void beHonest() {
        histories.clear();
        answers.clear();
        stores.messages().skipAfter(false);
    }

    /**
     * A conversation as it is stored: what to take from when a message is moved, and what the positions of {@link Lies} mean.
     *
     * @param one one side
     * @param other the other side
     * @return all its messages from position 1 on
     * @throws IllegalStateException if the store fails
     */
    public List<Shown> truth(Username one, Username other) {
        return truth.of(one, other);
    }

    Optional<Pages> told(Username viewer, Username peer) {
        return Optional.ofNullable(histories.get(new Pair(viewer, peer)))
                .map(lie -> new Pages(peer, List.copyOf(lie.tell(truth.of(viewer, peer)))));
    }

    Truth truth() {
        return truth;
    }

    Optional<AnswerLie> answerFor(Username viewer) {
        return Optional.ofNullable(answers.get(viewer));
    }

    void ended(LyingConnection connection) {
        connections.remove(connection);
    }
}
