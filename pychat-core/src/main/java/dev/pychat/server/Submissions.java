package dev.pychat.server;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.ConversationId;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.PychatException;
import dev.pychat.store.AppendResult;
import dev.pychat.store.AppendResult.Appended;
import dev.pychat.store.AppendResult.Conflict;
import dev.pychat.store.AppendResult.OutOfSequence;
import dev.pychat.store.AppendResult.ReadFirst;
import dev.pychat.store.StoreException;
import dev.pychat.store.Submission;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.ErrorDetails;
import dev.pychat.wire.Submit;
import dev.pychat.wire.WireLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way from a connection into the store, and the word that they are durable on its way back: all that
 * became durable together is answered together. {@code submit} is confined to the connection's queue.
 */
final class Submissions {

    private static final int MOST_REMEMBERED = 1_024;
    private static final double OF_A_REPETITION = 0.1;

    private record Epoch(ConversationId conversation, EpochName name) {}

    private record Durable(long re, Accepted.Item item) {}

    private final Engine engine;
    private final ClientConnection connection;
    private final Map<Epoch, Boolean> storedEpochs = new LinkedHashMap<>(4, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Epoch, Boolean> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };
    private final ReentrantLock lock = new ReentrantLock();
    private List<Durable> durable = new ArrayList<>(0);

    Submissions(Engine engine, ClientConnection connection) {
        this.engine = engine;
        this.connection = connection;
    }

    void submit(Submit frame, Member member) throws PychatException {
        ConversationId conversation = member.peers().conversation(frame.to());
        requireSensible(frame);
        engine.refusals().require(member.user().value());
        member.peers().requireReachable(frame.to());
        if (!Sha256.of(frame.envelope().value()).equals(frame.hash())) {
            throw new RefusalException(ErrorCode.HASH_MISMATCH, "the hash is not the SHA-256 of the envelope");
        }
        requireEpoch(new Epoch(conversation, frame.epoch()));
        Submission submission = new Submission(
                conversation,
                member.user(),
                frame.to(),
                frame.mid(),
                frame.hash(),
                frame.epoch(),
                frame.lane(),
                frame.after(),
                frame.seen(),
                frame.quiet(),
                connection.now(),
                frame.envelope());
        engine.messages().append(submission).whenComplete((result, failure) -> {
            count(member, result);
            if (result instanceof Appended appended) {
                durable(frame, appended);
            } else {
                connection.execute(() -> connection.fail(frame.id(), failure != null ? failure : refused(result)));
            }
        });
    }

    /** Whether the epoch that a message names is known to be stored. */
    boolean isKnown(Submit frame, Member member) {
        Optional<ConversationId> conversation = member.peers().known(frame.to());
        return conversation.isPresent() && storedEpochs.get(new Epoch(conversation.get(), frame.epoch())) != null;
    }

    /** What was not appended at once made the store search; a repetition, which honest clients send too, counts little. */
    private void count(Member member, @Nullable AppendResult result) {
        if (result instanceof Appended appended) {
            if (appended.duplicate()) {
                engine.refusals().use(member.user().value(), OF_A_REPETITION);
            }
        } else if (result != null) {
            engine.refusals().use(member.user().value(), 1);
        }
    }

    private static void requireSensible(Submit frame) throws RefusalException {
        if (frame.mid().equals(MessageId.NONE)
                || frame.lane().equals(LaneId.NONE)
                || frame.epoch().equals(EpochName.NONE)) {
            throw new RefusalException(ErrorCode.INVALID, "mid, lane or epoch is all zero, none of them may be");
        }
        if (frame.after().equals(frame.mid())) {
            throw new RefusalException(
                    ErrorCode.INVALID, "after is mid, it must be the id of the message before, or absent");
        }
    }

    private void requireEpoch(Epoch epoch) throws RefusalException, StoreException {
        if (storedEpochs.get(epoch) != null) {
            return;
        }
        if (engine.stores()
                .keys()
                .epochs(epoch.conversation(), Set.of(epoch.name()))
                .isEmpty()) {
            throw new RefusalException(
                    ErrorCode.UNKNOWN_EPOCH, "the header of the epoch that the message names is not here");
        }
        storedEpochs.put(epoch, true);
    }

    private static PychatException refused(@Nullable AppendResult result) {
        if (result instanceof OutOfSequence behind) {
            return new RefusalException(
                    ErrorCode.OUT_OF_SEQUENCE,
                    "the message does not follow the last one of its lane, which stands at " + behind.lastPosition(),
                    ErrorDetails.ofLast(behind.last(), behind.lastPosition()));
        }
        if (result instanceof Conflict conflict) {
            return new RefusalException(
                    ErrorCode.CONFLICT,
                    "another message has this id, at position " + conflict.position(),
                    ErrorDetails.ofPosition(conflict.position()));
        }
        if (result instanceof ReadFirst readFirst) {
            return new RefusalException(
                    ErrorCode.READ_FIRST,
                    "too much has been stored since, the conversation ends at " + readFirst.head(),
                    ErrorDetails.ofHead(readFirst.head()));
        }
        return new RefusalException(ErrorCode.UNKNOWN_LANE, "the lane is not kept any more");
    }

    /** On the committer's thread. */
    private void durable(Submit frame, Appended at) {
        Accepted.Item item = new Accepted.Item(frame.mid(), at.position(), at.ordinal(), at.time(), at.duplicate());
        boolean first;
        lock.lock();
        try {
            first = durable.isEmpty();
            durable.add(new Durable(frame.id(), item));
        } finally {
            lock.unlock();
        }
        if (first) {
            connection.execute(this::answered, this::answer);
        }
    }

    private boolean answered() {
        answer();
        return true;
    }

    private void answer() {
        List<Durable> ready;
        lock.lock();
        try {
            ready = durable;
            durable = new ArrayList<>(0);
        } finally {
            lock.unlock();
        }
        for (int from = 0; from < ready.size(); from += WireLimits.MAX_PAGE) {
            List<Durable> part = ready.subList(from, Math.min(ready.size(), from + WireLimits.MAX_PAGE));
            connection.answer(new Accepted(
                    part.stream().map(Durable::re).toList(),
                    part.stream().map(Durable::item).toList()));
        }
    }
}
