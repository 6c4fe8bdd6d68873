package dev.pychat.endtoend.chaos;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ClosedException;
import dev.pychat.client.Conversation;
import dev.pychat.client.OutboxFullException;
import dev.pychat.client.Receipt;
import dev.pychat.client.ServerUnreachableException;
import dev.pychat.client.TimedOutException;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Says something to each peer again and again, online or not, and notes what becomes of it. Confined to the commanding thread. */
final class Chatter {

    private static final int LONGEST_PAUSE_MILLIS = 180;

    private final Who who;
    private final int life;
    private final ChatClient client;
    private final Journal journal;
    private final Random random;
    private final Thread talking = new Thread(this::talk, "chatter");
    private final Map<String, Conversation> conversations = new HashMap<>();
    private volatile boolean stopped;

    Chatter(Who who, int life, ChatClient client, Journal journal, long seed) {
        this.who = who;
        this.life = life;
        this.client = client;
        this.journal = journal;
        this.random = new Random(seed);
    }

    void start() {
        talking.start();
    }

    /** When this returns, nothing more is said. */
    void stop() throws InterruptedException {
        stopped = true;
        talking.join();
    }

    private void talk() {
        try {
            for (long number = 1; !stopped; number++) {
                for (String peer : who.peers()) {
                    say(peer, number);
                }
                Thread.sleep(1 + random.nextInt(LONGEST_PAUSE_MILLIS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(String peer, long number) throws InterruptedException {
        String text = Gossip.text(who.voice(), life, number, random);
        String digest = Gossip.digest(text);
        try {
            Conversation conversation = conversation(peer);
            journal.note("say", peer, digest);
            follow(peer, digest, conversation.sendText(text));
        } catch (OutboxFullException full) {
            journal.note("unsaid", peer, digest, full);
        } catch (PychatException failed) {
            journal.note("alarm", peer, digest, failed);
        }
    }

    private Conversation conversation(String peer) throws PychatException, InterruptedException {
        Conversation known = conversations.get(peer);
        while (known == null) {
            try {
                known = client.conversation(new Username(peer));
                conversations.put(peer, known);
            } catch (ServerUnreachableException | TimedOutException lost) {
                Thread.sleep(20);
            }
        }
        return known;
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void follow(String peer, String digest, Receipt receipt) {
        receipt.kept().whenComplete((kept, failure) -> {
            if (failure == null) {
                journal.note("kept", peer, digest);
            }
        });
        receipt.accepted().whenComplete((acceptance, failure) -> {
            if (failure == null) {
                journal.note("accepted", peer, digest, acceptance.position().value(), acceptance.id());
            } else if (!(failure instanceof ClosedException)) {
                journal.note("alarm", peer, digest, failure);
            }
        });
    }
}
