package dev.pychat.store.internal.tree;

import dev.pychat.model.LaneId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.store.internal.ConversationLedger;
import dev.pychat.store.internal.Lanes;
import dev.pychat.store.internal.Party;
import dev.pychat.store.internal.Row;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares messages, which come conversation by conversation in their order, with what their ledger says: that none is missing up
 * to the head, how many of each party count, and which is the last of each lane. Confined to one thread.
 */
final class MessageInspection {

    private final Trees trees;
    private final Consumer<String> faults;
    private long number = -1;
    private @Nullable ConversationLedger ledger;
    private long position;
    private long ofFirst;
    private long ofSecond;
    /** Of each lane that the ledger knows, the last message that was seen. */
    private final Map<Lane, Optional<Lanes.Head>> heads = new HashMap<>();
    /** Behind a missing or damaged message nothing can be counted. */
    private boolean broken;

    /** A lane of one of the two parties. */
    private record Lane(boolean ofFirst, LaneId id) {}

    MessageInspection(Trees trees, Consumer<String> faults) {
        this.trees = trees;
        this.faults = faults;
    }

    void take(Tree.Entry entry) throws DamagedRecordException {
        long conversation = RecordReader.number(entry.key());
        if (conversation != number) {
            end();
            begin(conversation);
        }
        ConversationLedger present = ledger;
        if (present == null) {
            return;
        }
        long at = entry.key().slice(Long.BYTES, Long.BYTES).asByteBuffer().getLong();
        if (at != position + 1) {
            broken = true;
            faults.accept("of the conversation " + present.conversation() + " the messages " + (position + 1) + " to "
                    + (at - 1) + " are damaged or missing");
        }
        position = at;
        count(present, MessageRecord.read(present, new Position(at), entry.value()));
    }

    private void begin(long conversation) throws DamagedRecordException {
        number = conversation;
        ledger = null;
        position = 0;
        ofFirst = 0;
        ofSecond = 0;
        heads.clear();
        broken = false;
        ConversationLedger loaded = OpenConversation.load(trees, conversation).ledger();
        loaded.first().lanes().inOrder().forEach(lane -> heads.put(new Lane(true, lane.getKey()), Optional.empty()));
        loaded.second().lanes().inOrder().forEach(lane -> heads.put(new Lane(false, lane.getKey()), Optional.empty()));
        ledger = loaded;
    }

    private void count(ConversationLedger present, Row row) {
        StoredMessage message = row.message();
        boolean byFirst = message.sender().equals(present.first().name());
        if (!message.quiet()) {
            ofFirst += byFirst ? 1 : 0;
            ofSecond += byFirst ? 0 : 1;
        }
        heads.computeIfPresent(
                new Lane(byFirst, message.lane()),
                (lane, before) -> Optional.of(new Lanes.Head(message.id(), message.position())));
        boolean right = message.ordinal() == (byFirst ? ofFirst : ofSecond)
                && row.othersOrdinal() == (byFirst ? ofSecond : ofFirst);
        if (!right && !broken) {
            broken = true;
            faults.accept("the message " + message.position().value() + " of the conversation "
                    + present.conversation() + " counts itself as " + message.ordinal() + " and " + row.othersOrdinal()
                    + " of the other, which it is not");
        }
    }

    /** There is no further message of the present conversation. */
    void end() {
        ConversationLedger present = ledger;
        ledger = null;
        if (present == null) {
            return;
        }
        if (present.head().value() != position) {
            broken = true;
            faults.accept("the conversation " + present.conversation() + " ends at " + position + ", its ledger says "
                    + present.head().value());
        }
        if (!broken) {
            compare(present, true, ofFirst);
            compare(present, false, ofSecond);
        }
    }

    private void compare(ConversationLedger present, boolean isFirst, long counted) {
        Party party = isFirst ? present.first() : present.second();
        if (party.ordinal() != counted) {
            faults.accept("the conversation " + present.conversation() + " has " + counted + " messages of "
                    + party.name() + " that count, its ledger says " + party.ordinal());
        }
        if (party.read().isAfter(present.head())) {
            faults.accept(party.name() + " has read the conversation " + present.conversation() + " up to "
                    + party.read().value() + ", it ends at " + present.head().value());
        }
        for (Map.Entry<LaneId, Lanes.Head> lane : party.lanes().inOrder()) {
            if (!Optional.of(lane.getValue()).equals(heads.get(new Lane(isFirst, lane.getKey())))) {
                faults.accept("the lane " + lane.getKey() + " of " + party.name() + " in the conversation "
                        + present.conversation() + " does not end where its ledger says");
            }
        }
    }
}
