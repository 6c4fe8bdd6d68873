package dev.pychat.envelope;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.Envelope;
import dev.pychat.model.EpochName;
import dev.pychat.model.LaneId;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** One lane of a sender, and the honest delivery of what it seals. */
final class Talk {

    final Party sender;
    final Party peer;
    final SeededRandom random;
    final Map<EpochName, SealedEpoch> epochs = new HashMap<>();
    Sealer sealer;
    Instant now = Party.NOW;

    Talk(Party sender, Party peer, long seed) {
        this.sender = sender;
        this.peer = peer;
        this.random = new SeededRandom(seed);
        this.sealer = Sealer.onNewLane(sender.with(peer), LaneId.random(random), random);
    }

    void restart() {
        LaneHead head = sealer.head();
        sealer.close();
        sealer = Sealer.continuing(sender.with(peer), head, random);
    }

    Sealed say(String text) {
        return say(text, View.empty(sender.with(peer).conversation()));
    }

    Sealed say(String text, View view) {
        return say(text, view, Position.NONE);
    }

    Sealed say(String text, View view, Position readUpTo) {
        if (sealer.needsEpoch(sender.offer(peer), now).isPresent()) {
            SealedEpoch begun = sealer.beginEpoch(sender.offer(peer), now);
            epochs.put(begun.name(), begun);
        }
        return sealer.seal(MessageId.random(random), Content.text(text), now, readUpTo, view);
    }

    Bytes header(Sealed sealed) {
        return epochs.get(sealed.epoch()).header();
    }

    StoredMessage at(long position, Sealed sealed) {
        return stored(position, sender.name, sealed);
    }

    StoredMessage stored(long position, Username servedAs, Sealed sealed) {
        return message(position, servedAs, sealed.id(), sealed.lane(), sealed.epoch(), sealed.envelope());
    }

    StoredMessage message(
            long position, Username servedAs, MessageId id, LaneId lane, EpochName epoch, Envelope envelope) {
        return new StoredMessage(
                sender.with(peer).conversation(),
                new Position(position),
                servedAs,
                id,
                lane,
                epoch,
                position,
                false,
                now,
                envelope);
    }
}
