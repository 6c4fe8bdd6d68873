package dev.pychat.client;

import dev.pychat.crypto.secret.SecretBytes;
import dev.pychat.key.BundleException;
import dev.pychat.key.CheckedBundle;
import dev.pychat.key.KeyBundle;
import dev.pychat.keyring.Keyring;
import dev.pychat.model.Bytes;
import dev.pychat.model.PychatException;
import dev.pychat.wire.Bundle;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.GetBundle;
import dev.pychat.wire.Ok;
import dev.pychat.wire.PutBundle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Brings the account's own bundle to the server: what the keyring holds is stored on this device first and published then.
 * Used once, by one thread.
 */
final class OwnBundle {

    /** A bundle with less time left is followed by a new one. */
    private static final Duration RENEWAL = Duration.ofDays(30);

    private final ClientOptions options;
    private final Link link;
    private final KeyringFiles files;

    OwnBundle(ClientOptions options, Link link, KeyringFiles files) {
        this.options = options;
        this.link = link;
        this.files = files;
    }

    /** The keyring with its bundle, which the server holds too when this returns. Takes the given keyring over. */
    Keyring publish(Keyring keyring, SecretBytes vaultKey) throws PychatException, InterruptedException {
        Instant now = options.clock().instant();
        Optional<KeyBundle> held = keyring.bundle();
        if (held.isPresent() && now.plus(RENEWAL).isBefore(held.get().fields().notAfter())) {
            confirm(keyring, held.get());
            return keyring;
        }
        if (held.isPresent()) {
            confirm(keyring, held.get());
        }
        KeyBundle next = keyring.nextBundle(now);
        Keyring renewed = keyring.withBundle(next);
        keyring.close();
        files.save(renewed, vaultKey);
        put(renewed, next);
        return renewed;
    }

    CheckedBundle checked(Keyring keyring) throws PychatException {
        KeyBundle bundle = keyring.bundle().orElseThrow();
        return bundle.check(
                keyring.realm(), keyring.username(), options.keySource().policy());
    }

    /** The server has the bundle of this keyring, or gets it now. */
    private void confirm(Keyring keyring, KeyBundle ours) throws PychatException, InterruptedException {
        Optional<Bytes> published = published(keyring);
        if (published.isEmpty()) {
            put(keyring, ours);
        } else if (!published.get().equals(ours.bytes())) {
            judge(keyring, ours, published.get());
        }
    }

    private void judge(Keyring keyring, KeyBundle ours, Bytes published) throws PychatException, InterruptedException {
        KeyBundle theirs;
        try {
            theirs = KeyBundle.parse(published);
        } catch (BundleException e) {
            throw notOurs(keyring);
        }
        boolean ourIdentity = theirs.fields().identity().equals(ours.fields().identity());
        if (ourIdentity && theirs.fields().serial() < ours.fields().serial()) {
            put(keyring, ours);
            return;
        }
        throw notOurs(keyring);
    }

    private Optional<Bytes> published(Keyring keyring) throws PychatException, InterruptedException {
        try {
            Bundle answer = Answers.get(
                    link.ask(Bundle.class, id -> new GetBundle(id, keyring.username())), options.requestTimeout());
            return Optional.of(answer.bundle());
        } catch (FailureException e) {
            if (e.code() == ErrorCode.NO_BUNDLE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void put(Keyring keyring, KeyBundle bundle) throws PychatException, InterruptedException {
        long serial = bundle.fields().serial();
        try {
            Answers.get(
                    link.ask(Ok.class, id -> new PutBundle(id, serial, serial - 1, bundle.bytes())),
                    options.requestTimeout());
        } catch (FailureException e) {
            throw e.code() == ErrorCode.SERIAL_CONFLICT ? notOurs(keyring) : e;
        }
    }

    private static KeysNotHereException notOurs(Keyring keyring) {
        return new KeysNotHereException("this device does not hold " + keyring.username()
                + "'s keys: the server has published others than those of this device");
    }
}
