package dev.pychat.server;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.ConversationId;
import dev.pychat.model.PychatException;
import dev.pychat.store.KeyDirectory;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoredBundle;
import dev.pychat.store.UserPage;
import dev.pychat.wire.Bundle;
import dev.pychat.wire.EpochHeader;
import dev.pychat.wire.Epochs;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.ErrorDetails;
import dev.pychat.wire.GetBundle;
import dev.pychat.wire.GetEpochs;
import dev.pychat.wire.PutBundle;
import dev.pychat.wire.PutEpoch;
import dev.pychat.wire.UserList;
import dev.pychat.wire.Users;
import dev.pychat.wire.WireLimits;
import java.util.LinkedHashSet;
import java.util.List;

/** Names, key bundles and epoch headers, which the server hands out as it got them. Confined to the connection's queue. */
final class Directory {

    /** What one header is charged at the least, since even a short one costs a write of its own. */
    private static final int LEAST_HEADER = 1_600;

    private final Engine engine;
    private final ClientConnection connection;

    Directory(Engine engine, ClientConnection connection) {
        this.engine = engine;
        this.connection = connection;
    }

    void users(Users frame, Member member) throws PychatException {
        if (!engine.options().listing()) {
            throw new RefusalException(ErrorCode.LISTING_OFF, "this server does not list its users");
        }
        int limit = Math.min(frame.limit(), WireLimits.MAX_USERS);
        UserPage page = engine.stores().accounts().users(frame.prefix(), frame.after(), limit);
        connection.answer(new UserList(frame.id(), page.names(), page.more()));
    }

    void putBundle(PutBundle frame, Member member) throws PychatException {
        if (frame.serial() <= frame.previous()) {
            throw new RefusalException(
                    ErrorCode.INVALID,
                    "serial " + frame.serial() + " in place of " + frame.previous() + ", it must be greater");
        }
        KeyDirectory keys = engine.stores().keys();
        if (frame.previous() != 0 && keys.latestBundle(member.user()).isEmpty()) {
            throw serialConflict(0, frame);
        }
        engine.headers().take(member.user().value(), frame.bundle().size());
        StoredBundle wanted = new StoredBundle(frame.serial(), frame.bundle());
        StoredBundle latest = keys.putBundle(member.user(), frame.previous(), wanted);
        if (!latest.equals(wanted)) {
            throw serialConflict(latest.serial(), frame);
        }
        connection.answer(Requests.done(frame.id()));
    }

    private static RefusalException serialConflict(long latest, PutBundle frame) {
        return new RefusalException(
                ErrorCode.SERIAL_CONFLICT,
                "the latest bundle has serial " + latest + " (0: there is none), not " + frame.previous(),
                ErrorDetails.ofSerial(latest));
    }

    void getBundle(GetBundle frame, Member member) throws PychatException {
        if (engine.stores().accounts().login(frame.user()).isEmpty()) {
            throw new RefusalException(ErrorCode.UNKNOWN_USER, "there is no user " + frame.user());
        }
        StoredBundle latest = engine.stores()
                .keys()
                .latestBundle(frame.user())
                .orElseThrow(() ->
                        new RefusalException(ErrorCode.NO_BUNDLE, frame.user() + " has published no key bundle yet"));
        connection.answer(new Bundle(frame.id(), frame.user(), latest.serial(), connection.now(), latest.bytes()));
    }

    void putEpoch(PutEpoch frame, Member member) throws PychatException {
        ConversationId conversation = member.peers().conversation(frame.to());
        member.peers().requireReachable(frame.to());
        if (!Sha256.of(frame.header()).equals(frame.epoch().value())) {
            throw new RefusalException(ErrorCode.EPOCH_MISMATCH, "the name is not the SHA-256 of the header");
        }
        engine.headers()
                .take(
                        member.user().value(),
                        Math.max(LEAST_HEADER, frame.header().size()));
        engine.stores().keys().putEpoch(conversation, frame.epoch(), frame.header());
        connection.answer(Requests.done(frame.id()));
    }

    void getEpochs(GetEpochs frame, Member member) throws RefusalException, StoreException {
        ConversationId conversation = member.peers().conversation(frame.with());
        List<EpochHeader> found =
                engine.stores().keys().epochs(conversation, new LinkedHashSet<>(frame.epochs())).entrySet().stream()
                        .map(entry -> new EpochHeader(entry.getKey(), entry.getValue()))
                        .toList();
        connection.answer(new Epochs(frame.id(), found));
    }
}
