package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.crypto.open.BinaryWriter;
import dev.pychat.envelope.OpenedEpoch;
import dev.pychat.envelope.RewrapAnswer;
import dev.pychat.envelope.RewrapRequest;
import dev.pychat.key.HistoryPolicy;
import dev.pychat.keyring.Keyring;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.store.memory.MemoryClientStores;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secrets of epochs that were given: no message of the history holds one longer than the epoch may be held. */
class GivenSecretsTest {

    private Forgetful scene;

    @BeforeEach
    void start() throws Exception {
        scene = new Forgetful();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    /** An account that keeps now may forget later. */
    @Test
    void secretThatWasGivenStandsInNoOwnMessageOfAnAccountThatKeeps() throws Exception {
        scene.state(HistoryPolicy.KEEP);
        scene.says(scene.alice, "meet me at the old mill");
        EpochName own = scene.alicesDevice().secrets().get(0);
        String secret = scene.alicesDevice().secret(own);
        try (Bulk asking = new Bulk(scene.world, scene.bob, scene.alice)) {
            asking.write(new RewrapRequest(List.of(own)).content());
        }
        scene.bob.say(scene.alice, "nudge");
        Person.await(() -> hasAnswer(scene.bob), () -> "bob was told of " + scene.bob.told());
        Person.await(() -> hasAnswer(scene.alice), () -> "alice was told of " + scene.alice.told());
        scene.alice.awaitAccepted();
        assertThat(scene.alicesDevice().says(secret)).isFalse();
    }

    /** To the device that has joined since, the epoch is one of before, which opens for it in no case. */
    @Test
    void secretThatIsForTheOtherDeviceGoesToo() throws Exception {
        scene.says(scene.bob, "hello");
        try (Bulk lost = sealingToALostKey()) {
            scene.alice.client().rotateKeys();
            lost.write(1);
            nudge();
            scene.clock.goOn(Duration.ofHours(20));
            long before = published();
            Person tablet = scene.world.connect(
                    "alice",
                    new MemoryClientStores(),
                    scene.world.transport(),
                    options -> options.clock(scene.clock.withZone(ZoneOffset.UTC)));
            tablet.client().logIn(tablet.user(), World.passphrase("alice"));
            tablet.awaitOnline(scene.bob);
            Person.await(() -> published() > before, () -> "the tablet is in no bundle");
            try (Bulk answering = new Bulk(scene.world, scene.bob, scene.alice)) {
                answering.write(RewrapAnswer.content(lost.epochs()));
            }
            nudge();
            Person.await(() -> hasAnswer(tablet), () -> "the tablet was told of " + tablet.told());
            Person.await(() -> !scene.alice.openedLate().isEmpty(), () -> "told was " + scene.alice.told());
            String secret = secretOf(lost.epochs().get(0));
            awaitGone(scene.alice, secret);
            awaitGone(tablet, secret);
            assertThat(Person.texts(scene.alice.openedLate())).containsExactly("bob: bulk 1");
        }
    }

    @Test
    void answerOfWhichOneSecretOpensNothingIsNotHeldForThatOne() throws Exception {
        scene.says(scene.bob, "hello");
        try (Bulk lost = sealingToALostKey();
                Bulk answering = new Bulk(scene.world, scene.bob, scene.alice)) {
            lost.write(1);
            answering.write(withOneMore(RewrapAnswer.content(lost.epochs())));
            nudge();
            Person.await(() -> !scene.alice.openedLate().isEmpty(), () -> "told was " + scene.alice.told());
            awaitGone(scene.alice, secretOf(lost.epochs().get(0)));
        }
        assertThat(Person.texts(scene.alice.openedLate())).containsExactly("bob: bulk 1");
    }

    @Test
    void whenTheAccountBeginsToForgetTheSecretsThatItHasKeptGoHoweverFarBack() throws Exception {
        scene.state(HistoryPolicy.KEEP);
        scene.says(scene.bob, "hello");
        try (Bulk lost = sealingToALostKey();
                Bulk answering = new Bulk(scene.world, scene.bob, scene.alice)) {
            lost.writeEachInItsOwnEpoch(2);
            answering.write(RewrapAnswer.content(lost.epochs().subList(0, 1)));
            answering.write(1_100);
            answering.write(RewrapAnswer.content(lost.epochs().subList(1, 2)));
            nudge();
            Person.await(
                    () -> Person.texts(scene.alice.told()).contains("bob: bulk 1100"),
                    () -> "told was " + scene.alice.told().size());
            String far = secretOf(lost.epochs().get(0));
            String near = secretOf(lost.epochs().get(1));
            assertThat(scene.alicesDevice().says(far)).isTrue();
            scene.alice.client().changeHistoryPolicy(HistoryPolicy.forgetAfter(Forgetful.WEEK));
            awaitGone(scene.alice, far);
            awaitGone(scene.alice, near);
        }
        assertThat(scene.alicesDevice().says("bulk 1100")).isTrue();
    }

    private void awaitGone(Person person, String secret) {
        Person.await(
                () -> {
                    try {
                        person.with(scene.bob).history(Position.NONE, 1);
                        return !Opened.device(person, scene.bob).says(secret);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                },
                () -> "the secret is in the history still");
    }

    /** The serial of Alice's keys. */
    private long published() {
        try {
            return scene.world
                    .stores()
                    .keys()
                    .latestBundle(scene.alice.user())
                    .orElseThrow()
                    .serial();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static boolean hasAnswer(Person person) {
        return person.told().stream()
                .flatMap(message -> message.content().stream())
                .anyMatch(content -> content.type() == RewrapAnswer.TYPE);
    }

    private void nudge() throws Exception {
        scene.bob.say(scene.alice, "nudge");
        scene.bob.awaitAccepted();
    }

    /** Bob's other device, which was given a bundle that Alice signed and whose private half she has lost since. */
    private Bulk sealingToALostKey() throws Exception {
        Instant now = Instant.now();
        try (Keyring hers = DeviceKeys.of(scene.alice);
                Keyring lost = hers.withWrappingKey(DeviceKeys.notHeldBy(hers, now))) {
            return new Bulk(
                    scene.world, scene.bob, scene.alice, lost.nextBundle(now).bytes(), now);
        }
    }

    private static Content withOneMore(Content answer) {
        Bytes body = answer.body();
        try (BinaryWriter out = new BinaryWriter()) {
            out.u8(2).raw(body.slice(1, body.size() - 1)).raw(Bytes.random(new SecureRandom(), 64));
            return new Content(RewrapAnswer.TYPE, out.toBytes());
        }
    }

    private static String secretOf(OpenedEpoch epoch) {
        byte[] body = RewrapAnswer.content(List.of(epoch)).body().toArray();
        return new String(body, body.length - 32, 32, StandardCharsets.ISO_8859_1);
    }
}
