package dev.pychat.client;

import dev.pychat.envelope.Seen;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.transport.TrustRefusedException;
import dev.pychat.transport.internal.SerialQueue;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everybody who listens to a client. Thread-safe; what listeners throw is logged and goes no further. */
final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final Executor executor;
    private final SerialQueue news;
    private final List<Listening> all = new CopyOnWriteArrayList<>();
    private final UntoldBudget untold = new UntoldBudget(UntoldBudget.MOST_BYTES);
    private volatile boolean closed;

    Listeners(Executor callbackExecutor) {
        this.executor = callbackExecutor;
        this.news = new SerialQueue(callbackExecutor);
    }

    Subscription add(ClientListener listener) {
        Listening listening = new Listening(listener, executor);
        all.add(listening);
        return () -> all.remove(listening);
    }

    /** A queue for one conversation's messages. */
    SerialQueue queue() {
        return new SerialQueue(executor);
    }

    /** The room for messages that wait for their listeners, in all conversations. */
    UntoldBudget untold() {
        return untold;
    }

    /** On a queue of {@link #queue}. */
    void message(ChatMessage message, List<MessageListener> conversation) {
        if (closed) {
            return;
        }
        conversation.forEach(listener -> Listening.guarded(() -> listener.onMessage(message)));
        all.forEach(listening -> listening.call(listener -> listener.onMessage(message)));
    }

    /** The same of a message that could not be opened when it came. */
    void messageOpenedLate(ChatMessage message, List<MessageListener> conversation) {
        if (closed) {
            return;
        }
        conversation.forEach(listener -> Listening.guarded(() -> listener.onOpenedLate(message)));
        all.forEach(listening -> listening.call(listener -> listener.onOpenedLate(message)));
    }

    /** Of what a conversation's mailbox was, each is told of the latest. */
    void mailbox(MailboxEntry entry) {
        all.forEach(listening -> listening.mailbox(entry));
    }

    /** Changes of the state, to which others may add; each is told once, in their order. */
    void states(Queue<ClientState> changes) {
        if (all.isEmpty()) {
            changes.clear();
            return;
        }
        news.execute(() -> {
            for (ClientState next = changes.poll(); next != null; next = changes.poll()) {
                ClientState now = next;
                all.forEach(listening -> listening.tell(listener -> listener.onStateChanged(now)));
            }
        });
    }

    void forgotten(Username peer, Position upTo) {
        tell(listener -> listener.onForgotten(peer, upTo));
    }

    void seen(Username peer, Seen seen) {
        tell(listener -> listener.onSeen(peer, seen));
    }

    void refused(Username peer, RefusedException refused) {
        tell(listener -> listener.onRefused(peer, refused));
    }

    void trustRefused(TrustRefusedException refused) {
        tell(listener -> listener.onTrustRefused(refused));
    }

    void identityChanged(IdentityChange change) {
        LOG.warn("{}", change);
        tell(listener -> listener.onIdentityChanged(change));
    }

    void keysRefused(Username peer, KeysRefusedException refused) {
        LOG.warn("{}", refused.getMessage());
        tell(listener -> listener.onKeysRefused(peer, refused));
    }

    void rewrapAsked(Username peer, int epochs) {
        tell(listener -> listener.onRewrapAsked(peer, epochs));
    }

    void notice(String notice) {
        LOG.warn("{}", notice);
        tell(listener -> listener.onNotice(notice));
    }

    /** From now on nobody is told of messages any more. */
    void close() {
        closed = true;
    }

    /** By way of one queue for all, so that each hears of things in their order; it only hands on, and no listener holds it up. */
    private void tell(Consumer<ClientListener> what) {
        if (!all.isEmpty()) {
            news.execute(() -> all.forEach(listening -> listening.tell(what)));
        }
    }
}
