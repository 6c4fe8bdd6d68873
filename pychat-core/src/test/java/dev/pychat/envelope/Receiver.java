package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.Envelope;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A device that takes messages in order, keeping what a client keeps: transcript, index, opened epochs. */
final class Receiver {

    final Party self;
    final Party peer;
    final MessageIndex index = new MessageIndex();
    final Map<Bytes, OpenedEpoch> epochs = new HashMap<>();
    Transcript transcript;

    Receiver(Party self, Party peer) {
        this.self = self;
        this.peer = peer;
        this.transcript = Transcript.fromStart(self.with(peer).conversation());
    }

    Receiver startingAt(long first) {
        transcript = Transcript.from(transcript.conversation(), new Position(first));
        return this;
    }

    long next() {
        return transcript.last().value() + 1;
    }

    /** Takes what a sender sealed, delivered honestly at the next position. */
    Taken take(Talk talk, Sealed sealed) {
        return take(talk.at(next(), sealed), talk.header(sealed));
    }

    Taken take(StoredMessage message, Bytes header) {
        Taken taken = transcript.take(message, open(message, header), index);
        index.add(message, taken);
        transcript = taken.after();
        assertThat(decoded(transcript)).isEqualTo(transcript);
        return taken;
    }

    /** Takes bytes that are no envelope. */
    Taken takeGarbage(Talk talk, Sealed like) {
        Envelope garbage = new Envelope(Bytes.adopt(new byte[] {1, 2, 3}));
        StoredMessage message = talk.message(next(), talk.sender.name, like.id(), like.lane(), like.epoch(), garbage);
        return take(message, talk.header(like));
    }

    static List<FindingCode> codes(Taken taken) {
        return taken.findings().stream().map(Finding::code).toList();
    }

    private MessageOpening open(StoredMessage message, Bytes header) {
        OpenedEpoch known = epochs.get(header);
        if (known == null) {
            EpochOpening opening = self.opener(self.with(peer)).open(message, header);
            if (opening instanceof Finding finding) {
                return finding;
            }
            known = (OpenedEpoch) opening;
            epochs.put(header, known);
        }
        return new MessageOpener(self.with(peer)).open(message, known);
    }

    private static Transcript decoded(Transcript transcript) {
        try {
            return Transcript.decode(transcript.encode());
        } catch (dev.pychat.crypto.open.MalformedException e) {
            throw new AssertionError(e);
        }
    }
}
