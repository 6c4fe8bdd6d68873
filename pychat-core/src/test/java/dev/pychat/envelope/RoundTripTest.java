package dev.pychat.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.SeededRandom;
import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.StoredMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {

    private final Party alice = Party.alice();
    private final Party bob = Party.bob();
    private final Talk talk = new Talk(alice, bob, 7);

    @Test
    void recipientReadsWhatWasSealed() {
        View view = new View(new Position(0), ViewChain.start(alice.with(bob).conversation()));
        Sealed sealed = talk.say("Grüße, 世界 🌍", view);
        MessageOpening opening = bob.open(alice, talk.at(1, sealed), talk.header(sealed));
        assertThat(opening).isInstanceOfSatisfying(OpenedMessage.class, opened -> {
            assertThat(opened.content().asText()).contains("Grüße, 世界 🌍");
            assertThat(opened.time()).isEqualTo(Party.NOW);
            assertThat(opened.view()).isEqualTo(view);
            assertThat(opened.head()).isEqualTo(sealed.after());
            assertThat(opened.envelopeHash()).isEqualTo(sealed.envelopeHash());
        });
        assertThat(bob.privateOperations).hasValue(1);
    }

    @Test
    void senderReadsItsOwnWrap() {
        Sealed sealed = talk.say("to myself");
        assertThat(alice.open(bob, talk.at(1, sealed), talk.header(sealed))).isInstanceOf(OpenedMessage.class);
        assertThat(alice.privateOperations).hasValue(1);
    }

    @Test
    void senderReadsItsOwnEpochWithoutPrivateKey() {
        Sealed sealed = talk.say("mine");
        MessageOpener opener = new MessageOpener(alice.with(bob));
        OpenedEpoch own = talk.epochs.get(sealed.epoch()).opened();
        assertThat(opener.open(talk.at(1, sealed), own)).isInstanceOf(OpenedMessage.class);
        assertThat(alice.privateOperations).hasValue(0);
    }

    @Test
    void exportedEpochOpensWithoutPrivateKey() throws Exception {
        Sealed first = talk.say("one");
        Sealed second = talk.say("two");
        OpenedEpoch opened = (OpenedEpoch) bob.opener(bob.with(alice)).open(talk.at(1, first), talk.header(first));
        try (SecretBytes exported = opened.export();
                OpenedEpoch restored = OpenedEpoch.restore(exported)) {
            assertThat(restored.name()).isEqualTo(opened.name());
            MessageOpener opener = new MessageOpener(bob.with(alice));
            assertThat(opener.open(talk.at(2, second), restored)).isInstanceOf(OpenedMessage.class);
            assertThat(opener.open(talk.at(1, first), restored)).isInstanceOf(OpenedMessage.class);
        }
        assertThat(bob.privateOperations).hasValue(1);
    }

    @Test
    void thousandMessagesCostOnePrivateOperationForEachEpoch() {
        MessageOpener opener = new MessageOpener(bob.with(alice));
        OpenedEpoch epoch = null;
        for (int i = 1; i <= 1000; i++) {
            Sealed sealed = talk.say("message " + i);
            StoredMessage message = talk.at(i, sealed);
            if (epoch == null || !epoch.name().equals(sealed.epoch())) {
                epoch = (OpenedEpoch) bob.opener(bob.with(alice)).open(message, talk.header(sealed));
            }
            assertThat(opener.open(message, epoch)).isInstanceOf(OpenedMessage.class);
        }
        assertThat(talk.epochs).hasSize(4);
        assertThat(bob.privateOperations).hasValue(4);
        assertThat(alice.privateOperations).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 129, 130, 131, 255, 256, 1000, 4096, 65_535, 65_536})
    void everySizeOfContentFits(int size) {
        Bytes body = Bytes.random(new SeededRandom(size), size);
        talk.say("begin");
        Sealed sealed = talk.sealer.seal(
                MessageId.random(talk.random),
                new Content(4711, body),
                Party.NOW,
                new Position(0),
                View.empty(alice.with(bob).conversation()));
        MessageOpening opening = bob.open(alice, talk.at(2, sealed), talk.header(sealed));
        assertThat(opening)
                .isInstanceOfSatisfying(
                        OpenedMessage.class,
                        opened -> assertThat(opened.content()).isEqualTo(new Content(4711, body)));
        int padded = sealed.envelope().value().size() - 172 - 16;
        assertThat(Padme.isPadded(padded)).isTrue();
    }
}
