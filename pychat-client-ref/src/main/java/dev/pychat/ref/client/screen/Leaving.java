package dev.pychat.ref.client.screen;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ClosedException;
import dev.pychat.client.Pending;
import dev.pychat.model.PychatException;
import dev.pychat.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The end of a run: waits until what was sent is accepted, closes the client, and says of the rest where it is. Confined to the
 * thread that reads lines.
 */
final class Leaving {
    private static final Duration STEP = Duration.ofMillis(200);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Session session;
    private final ChatClient client;
    private final Sent sent;

    Leaving(Session session) {
        this.session = session;
        this.client = session.client();
        this.sent = session.sent();
    }

    /** Waits at most so long; gives the store that failed, if one did. */
    Optional<StoreException> leave(Duration patience) {
        session.news().leaves();
        if (client.user().isEmpty()) {
            client.close();
            return sent.failure();
        }
        try {
            await(patience);
        } catch (ClosedException e) {
            // The client has ended by itself, so nothing more is accepted.
        } catch (InterruptedException e) {
            // The person does not want to wait.
        }
        List<Pending> left = left();
        client.close();
        try {
            sent.awaitAll(CLOSING);
        } catch (InterruptedException e) {
            // Nor for this.
        }
        tell(left);
        return sent.failure();
    }

    /** In small steps, since there is no use in waiting for what can't go out, or for a server that is not trusted. */
    private void await(Duration patience) throws ClosedException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        // What a run before this one left counts only once it is read; this comes back when it is.
        left();
        while (!client.awaitAccepted(STEP) && session.news().refused().isEmpty() && System.nanoTime() - end < 0) {
            List<Pending> left = left();
            if (!left.isEmpty() && left.stream().allMatch(one -> one.obstacle().isPresent())) {
                return;
            }
        }
    }

    private List<Pending> left() {
        try {
            return client.pending();
        } catch (PychatException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private void tell(List<Pending> left) {
        long waiting = 0;
        for (Pending pending : left) {
            long kept = pending.messages().stream()
                    .filter(message -> !sent.isLost(message.id()))
                    // What the programs say to each other nobody has sent, and it goes out the next time.
                    .filter(message -> !message.content().isControl())
                    .count();
            if (pending.obstacle().isPresent()) {
                tell(pending, pending.obstacle().get(), kept);
            } else {
                waiting += kept;
            }
        }
        if (waiting > 0) {
            session.output()
                    .unsent("The server has not accepted all that you sent: " + messages(waiting, "is", "are")
                            + " kept on this device, to go out when you log in again.");
        }
        if (sent.unknown() > 0) {
            session.output()
                    .unsent("Nobody knows whether " + messages(sent.unknown(), "is", "are")
                            + " kept on this device: it could not be written.");
        }
    }

    private void tell(Pending pending, PychatException obstacle, long kept) {
        sent.fails(obstacle);
        if (kept > 0) {
            session.output()
                    .unsent(messages(kept, "to " + pending.peer() + " is", "to " + pending.peer() + " are")
                            + " kept on this device and can't go out now: " + obstacle.getMessage());
        }
    }

    private static String messages(long count, String one, String many) {
        return count == 1 ? "1 message " + one : count + " messages " + many;
    }
}
