package dev.pychat.client;

import dev.pychat.envelope.Seen;
import dev.pychat.key.Fingerprint;
import dev.pychat.key.SafetyNumber;
import dev.pychat.key.Suite;
import dev.pychat.model.Content;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.store.TranscriptStore;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a caller holds of a chat. Thread-safe. */
final class ChatConversation implements Conversation {

    private static final Logger LOG = LoggerFactory.getLogger(ChatConversation.class);

    private final Chat chat;
    private final ClientOptions options;
    private final Engine engine;
    private final Duration timeout;

    ChatConversation(Chat chat, ClientOptions options, Engine engine) {
        this.chat = chat;
        this.options = options;
        this.engine = engine;
        this.timeout = options.requestTimeout();
    }

    @Override
    public Username peer() {
        return chat.peer();
    }

    @Override
    public Receipt send(Content content) throws OutboxFullException, KeysRefusedException, ClosedException {
        if (content.isOwn()) {
            throw new IllegalArgumentException("content of type " + content.type()
                    + " is for the clients themselves, allowed are 1 to " + (Content.FIRST_OWN - 1));
        }
        return chat.send(content);
    }

    @Override
    public HistoryPage history(Position before, int limit) throws PychatException, InterruptedException {
        if (limit < 1 || limit > TranscriptStore.MAX_PAGE) {
            throw new IllegalArgumentException(
                    "a page of " + limit + " messages, allowed are 1 to " + TranscriptStore.MAX_PAGE);
        }
        chat.requireOpen();
        Optional<String> withheld = withheld();
        if (!before.isMessage() && withheld.isEmpty()) {
            Answers.get(chat.trust().reopening().opened(), timeout);
        }
        return Answers.get(chat.pages().ask(before, limit, withheld), timeout);
    }

    /** Reads what the server has. What it does, or does not, keeps nobody from what this device holds: it is told as a gap. */
    private Optional<String> withheld() throws PychatException, InterruptedException {
        try {
            Answers.get(chat.catchUp(), timeout);
        } catch (ServerUnreachableException offline) {
            LOG.debug("history of {} is read from this device alone", chat.peer(), offline);
        } catch (FailureException | RefusedException | TimedOutException e) {
            LOG.debug("history of {} was not read to its end", chat.peer(), e);
            return Optional.ofNullable(Answers.forCaller(e).getMessage());
        }
        return Optional.empty();
    }

    @Override
    public Pending pending() throws PychatException, InterruptedException {
        chat.requireOpen();
        return Answers.get(chat.pending(), timeout);
    }

    @Override
    public Position readMarker() {
        return chat.unread().read();
    }

    @Override
    public long unread() {
        return chat.unread().count();
    }

    @Override
    public void markRead(Position upTo) throws ClosedException {
        chat.requireOpen();
        chat.markRead(upTo);
    }

    @Override
    public PeerIdentity identity() throws PychatException, InterruptedException {
        return decided(chat.trust().identity());
    }

    @Override
    public void verify(SafetyNumber compared) throws PychatException, InterruptedException {
        decided(chat.trust().mark(Optional.of(compared)));
    }

    @Override
    public void unverify() throws PychatException, InterruptedException {
        decided(chat.trust().mark(Optional.empty()));
    }

    @Override
    public void acceptIdentity(Fingerprint seen) throws PychatException, InterruptedException {
        decided(chat.trust().accept(seen));
    }

    @Override
    public Seen seenByPeer() throws PychatException, InterruptedException {
        return decided(chat.marker().seenByPeer());
    }

    @Override
    public ConversationPolicy historyPolicy() throws PychatException, InterruptedException {
        return decided(chat.pages().policy());
    }

    @Override
    public List<AskedEpoch> asked() throws PychatException, InterruptedException {
        return decided(chat.rewraps().held());
    }

    @Override
    public int giveAsked(Set<EpochName> shown) throws PychatException, InterruptedException {
        return decided(chat.rewraps().giveHeld(Set.copyOf(shown)));
    }

    @Override
    public void acceptSuite(Suite seen) throws PychatException, InterruptedException {
        decided(chat.trust().accept(seen));
    }

    @Override
    public EvidenceSummary writeEvidence(OutputStream out, Disclosure disclosure)
            throws IOException, PychatException, InterruptedException {
        decided(chat.catchUp());
        Account account = engine.account().orElseThrow(() -> new ClosedException("the client is closed"));
        return new EvidenceGathering(account, options, engine, chat.peer(), disclosure).write(out);
    }

    private <T> T decided(CompletableFuture<T> answer) throws PychatException, InterruptedException {
        chat.requireOpen();
        try {
            return Answers.get(answer, timeout);
        } catch (FailureException e) {
            throw e.asRefused();
        }
    }

    @Override
    public Subscription addListener(MessageListener listener) {
        return chat.listen(listener);
    }

    @Override
    public String toString() {
        return "conversation with " + chat.peer();
    }
}
