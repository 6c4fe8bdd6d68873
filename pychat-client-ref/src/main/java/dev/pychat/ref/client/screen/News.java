package dev.pychat.ref.client.screen;

import dev.pychat.client.ChatMessage;
import dev.pychat.client.ClientListener;
import dev.pychat.client.ClientState;
import dev.pychat.client.IdentityChange;
import dev.pychat.client.KeysRefusedException;
import dev.pychat.client.MailboxEntry;
import dev.pychat.client.RefusedException;
import dev.pychat.key.BundleDefect;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.transport.TrustRefusedException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells in one short line each what happens outside the open chat. The same message may be heard of twice, as itself and as
 * a change of the mailbox; it is told once. Thread-safe.
 */
final class News implements ClientListener {
    private record Known(Position head, long unread) {}

    private final Output output;
    private final Sent sent;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Username, Known> known = new HashMap<>();
    private Optional<Username> open = Optional.empty();
    private volatile Optional<TrustRefusedException> refused = Optional.empty();
    private final Set<Username> changed = new HashSet<>();
    private boolean begun;
    private boolean toldOfForgetting;
    private boolean lost;
    private boolean leaving;

    News(Output output, Sent sent) {
        this.output = output;
        this.sent = sent;
    }

    static String sentence(Username peer, long messages) {
        return peer + " sent you " + messages + (messages == 1 ? " message" : " messages");
    }

    /** What the mailbox summary has told already. */
    void begin(List<MailboxEntry> mailbox) {
        lock.lock();
        try {
            begun = true;
            mailbox.forEach(entry -> known.put(entry.peer(), new Known(entry.head(), entry.unread())));
        } finally {
            lock.unlock();
        }
    }

    /** What comes now is the end that was asked for. */
    void leaves() {
        lock.lock();
        try {
            leaving = true;
        } finally {
            lock.unlock();
        }
    }

    /** The chat with this peer shows its messages itself. */
    void chatOpened(Username peer) {
        lock.lock();
        try {
            open = Optional.of(peer);
            toldOfForgetting = false;
        } finally {
            lock.unlock();
        }
    }

    /** The chat was left; up to there its messages were seen. */
    void chatLeft(Username peer, Position seen) {
        lock.lock();
        try {
            open = Optional.empty();
            known.put(peer, new Known(seen, 0));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onMessage(ChatMessage message) {
        lock.lock();
        try {
            Known before = known.getOrDefault(message.peer(), new Known(Position.NONE, 0));
            if (!begun || isOpen(message.peer()) || !message.position().isAfter(before.head())) {
                return;
            }
            boolean counts = !message.mine() && !Lines.isControl(message);
            known.put(message.peer(), new Known(message.position(), before.unread() + (counts ? 1 : 0)));
            if (counts) {
                output.notice(sentence(message.peer(), 1));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onMailboxChanged(MailboxEntry entry) {
        lock.lock();
        try {
            Known before = known.getOrDefault(entry.peer(), new Known(Position.NONE, 0));
            if (!begun || isOpen(entry.peer()) || before.head().isAfter(entry.head())) {
                return;
            }
            known.put(entry.peer(), new Known(entry.head(), entry.unread()));
            if (entry.unread() > before.unread()) {
                output.notice(sentence(entry.peer(), entry.unread() - before.unread()));
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isOpen(Username peer) {
        return open.isPresent() && open.get().equals(peer);
    }

    @Override
    public void onStateChanged(ClientState state) {
        lock.lock();
        try {
            if (state instanceof ClientState.Waiting && !lost) {
                lost = true;
                output.notice(
                        "The connection to the server was lost. What you send is kept and goes out when it is back.");
            } else if (state instanceof ClientState.Online && lost) {
                lost = false;
                refused = Optional.empty();
                output.notice("The connection to the server is back.");
            } else if (state instanceof ClientState.Closed closed && !leaving) {
                output.overFor(closed.reason());
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onTrustRefused(TrustRefusedException refusal) {
        refused = Optional.of(refusal);
        output.trouble(
                "The key of " + refusal.server() + " is not the one that was trusted before: somebody may stand in"
                        + " between, or the server was set up anew. Nothing is sent until the server is back with its own key;"
                        + " !DISCONNECT leaves and says what to do.");
    }

    /** What the server showed that is not trusted, unless it has come back since. */
    Optional<TrustRefusedException> refused() {
        return refused;
    }

    @Override
    public void onRefused(Username peer, RefusedException refused) {
        sent.refused(peer, refused);
    }

    @Override
    public void onIdentityChanged(IdentityChange change) {
        lock.lock();
        try {
            changed.add(change.peer());
        } finally {
            lock.unlock();
        }
        output.notice(
                isBesideTheChat(change.peer())
                        ? "The identity of " + change.peer() + " has changed, and nothing is sent to " + change.peer()
                                + " now. !ACCEPT " + change.peer() + " says more."
                        : change.sentence() + ". !ACCEPT " + change.peer() + " shows the number and asks you.");
    }

    @Override
    public void onKeysRefused(Username peer, KeysRefusedException refused) {
        output.notice(
                isBesideTheChat(peer)
                        ? "The keys of " + peer + " are not taken, and nothing is sent to " + peer + " now. !TALK "
                                + peer + " says more."
                        : refused.getMessage() + remedy(peer, refused));
    }

    private static String remedy(Username peer, KeysRefusedException refused) {
        return refused.defect() == BundleDefect.SUITE_LOWERED ? ". !ACCEPT " + peer + " asks you." : "";
    }

    @Override
    public void onRewrapAsked(Username peer, int epochs) {
        output.notice("The device of " + peer + " asks for the keys of " + epochs + (epochs == 1 ? " run" : " runs")
                + " of messages that it can't open, which are more or older than it gets without you. If " + peer
                + " has lost a device and told you so, !REWRAP " + peer + " shows what it is, and gives them.");
    }

    /** Said once while a chat is open, in which what is erased may stand on the screen. */
    @Override
    public void onForgotten(Username peer, Position upTo) {
        lock.lock();
        try {
            if (isOpen(peer) && !toldOfForgetting) {
                toldOfForgetting = true;
                output.notice("What was said here up to message " + upTo
                        + " is forgotten on this device now. What stands on the screen goes when it is cleared.");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether another chat is on the screen, which long words about this peer would push away. */
    private boolean isBesideTheChat(Username peer) {
        lock.lock();
        try {
            return open.isPresent() && !isOpen(peer);
        } finally {
            lock.unlock();
        }
    }

    /** Whether an identity waits that was told of here. */
    boolean isChanged(Username peer) {
        lock.lock();
        try {
            return changed.contains(peer);
        } finally {
            lock.unlock();
        }
    }

    void accepted(Username peer) {
        lock.lock();
        try {
            changed.remove(peer);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onNotice(String notice) {
        output.notice(notice);
    }
}
