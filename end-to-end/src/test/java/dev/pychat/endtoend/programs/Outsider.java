package dev.pychat.endtoend.programs;

import dev.pychat.crypto.open.KeyPolicy;
import dev.pychat.crypto.open.Sha256;
import dev.pychat.crypto.secret.RsaKeySource;
import dev.pychat.envelope.ConversationContext;
import dev.pychat.envelope.EpochOffer;
import dev.pychat.envelope.PinnedIdentity;
import dev.pychat.envelope.Sealed;
import dev.pychat.envelope.SealedEpoch;
import dev.pychat.envelope.Sealer;
import dev.pychat.envelope.View;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.KeyBundle;
import dev.pychat.keyring.Keyring;
import dev.pychat.keyring.KeyringHeader;
import dev.pychat.model.Bytes;
import dev.pychat.model.Content;
import dev.pychat.model.Envelope;
import dev.pychat.model.MessageId;
import dev.pychat.model.Position;
import dev.pychat.model.Realm;
import dev.pychat.model.Username;
import dev.pychat.testkit.server.RawClient;
import dev.pychat.testkit.server.RawLane;
import dev.pychat.transport.ServerTrust;
import dev.pychat.transport.TlsSocketTransport;
import dev.pychat.transport.TransportOptions;
import dev.pychat.wire.Accepted;
import dev.pychat.wire.Bundle;
import dev.pychat.wire.GetBundle;
import dev.pychat.wire.KdfCost;
import dev.pychat.wire.Ok;
import dev.pychat.wire.PutBundle;
import dev.pychat.wire.PutEpoch;
import dev.pychat.wire.Submit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** Somebody whose program has our envelope and none of our client: it sends what it likes to one peer, over TLS. */
final class Outsider implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final RawClient client;
    private final Username peer;
    private final Realm realm;
    private final Keyring keyring;
    private final ConversationContext context;
    private final Sealer sealer;
    private MessageId last = MessageId.NONE;

    private Outsider(RawClient client, Username name, Username peer) throws Exception {
        this.client = client;
        this.peer = peer;
        this.realm = client.hello().realm();
        KdfCost cost = new KdfCost(64 * 1024, 3, 4);
        client.signUp(name.value(), cost);
        KeyringHeader header = new KeyringHeader(
                realm, name, Bytes.random(RANDOM, 32), dev.pychat.crypto.open.PasswordCost.RECOMMENDED);
        this.keyring = Keyring.create(header, RsaKeySource.generating(), Instant.now(), RANDOM);
        KeyBundle own = keyring.nextBundle(Instant.now());
        client.ask(Ok.class, id -> new PutBundle(id, 1, 0, own.bytes()));
        Bundle answer = client.ask(Bundle.class, id -> new GetBundle(id, peer));
        CheckedBundle theirs = KeyBundle.parse(answer.bundle()).check(realm, peer, KeyPolicy.production());
        this.context = ConversationContext.of(
                realm,
                name,
                peer,
                List.of(keyring.identity().publicKey()),
                List.of(PinnedIdentity.always(theirs.identity())));
        this.sealer = Sealer.onNewLane(context, dev.pychat.model.LaneId.random(RANDOM), RANDOM);
        begin(own.check(realm, name, KeyPolicy.production()), theirs);
    }

    /** Signs up and is ready to write to a peer who has an account. */
    static Outsider signUp(ServerProcess server, String name, Person peer) throws Exception {
        String pem = Files.readString(server.data().resolve("tls-cert.pem"), StandardCharsets.US_ASCII);
        RawClient client = RawClient.connect(
                TlsSocketTransport.client("localhost", server.port(), ServerTrust.pem(pem), TransportOptions.DEFAULT));
        return new Outsider(client, new Username(name), new Username(peer.name()));
    }

    private void begin(CheckedBundle own, CheckedBundle theirs) {
        Instant now = Instant.now();
        EpochOffer offer = EpochOffer.keeping(keyring.identity().privateKey(), own, theirs, now);
        SealedEpoch epoch = sealer.beginEpoch(offer, now);
        epoch.opened().close();
        client.ask(Ok.class, id -> new PutEpoch(id, peer, epoch.name(), epoch.header()));
    }

    /** Sends a text as it should be sent. */
    void say(String text) {
        submit(seal(text, View.empty(context.conversation())));
    }

    /** Seals a text, as it should be, and sends it to nobody. */
    void keepBack(String text) {
        seal(text, View.empty(context.conversation()));
    }

    /** Sends a text and claims to have seen another first message than there is. */
    void sayWithAnotherView(String text) {
        submit(seal(text, new View(Position.FIRST, Sha256.of(Bytes.random(RANDOM, 32)))));
    }

    /** Sends a text of which one byte was changed after it was sealed. */
    void sayAltered(String text) {
        Sealed sealed = seal(text, View.empty(context.conversation()));
        byte[] bytes = sealed.envelope().value().toArray();
        bytes[bytes.length - 1] ^= 1;
        submit(sealed, new Envelope(Bytes.adopt(bytes)));
    }

    /** Sends bytes that were never sealed, on a lane of their own. */
    void babble(String bytes) {
        new RawLane(client, peer.value()).send(bytes);
    }

    private Sealed seal(String text, View view) {
        return sealer.seal(MessageId.random(RANDOM), Content.text(text), Instant.now(), Position.NONE, view);
    }

    private void submit(Sealed sealed) {
        submit(sealed, sealed.envelope());
    }

    private void submit(Sealed sealed, Envelope envelope) {
        client.ask(
                Accepted.class,
                id -> new Submit(
                        id,
                        peer,
                        sealed.id(),
                        Sha256.of(envelope.value()),
                        sealed.epoch(),
                        sealed.lane(),
                        last,
                        Position.NONE,
                        false,
                        envelope));
        last = sealed.id();
    }

    @Override
    public void close() {
        sealer.close();
        keyring.close();
        client.close();
    }
}
