package dev.pychat.server;

import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.PychatException;
import dev.pychat.store.KeyDirectory;
import dev.pychat.wire.ErrorCode;
import dev.pychat.wire.OneTimeKeyIs;
import dev.pychat.wire.OneTimeKeysLeft;
import dev.pychat.wire.PutOneTimeKeys;
import dev.pychat.wire.TakeOneTimeKey;
import dev.pychat.wire.WireLimits;

/** The pools of one-time keys, opaque here, each handed out once. Confined to the connection's queue. */
final class OneTimeKeys {

    private final Engine engine;
    private final ClientConnection connection;

    OneTimeKeys(Engine engine, ClientConnection connection) {
        this.engine = engine;
        this.connection = connection;
    }

    void put(PutOneTimeKeys frame, Member member) throws PychatException {
        KeyDirectory keys = engine.stores().keys();
        if (!frame.keys().isEmpty()) {
            engine.keyBytes()
                    .take(
                            member.user().value(),
                            frame.keys().stream().mapToInt(Bytes::size).sum());
            boolean added = keys.addOneTimeKeys(
                    member.user(), member.device(), frame.first(), frame.keys(), WireLimits.MAX_POOL);
            if (!added) {
                throw new RefusalException(
                        ErrorCode.INVALID,
                        "the pool of this device has " + keys.oneTimeKeys(member.user(), member.device())
                                + " one-time keys, with " + frame.keys().size() + " more it would have more than "
                                + WireLimits.MAX_POOL);
            }
        }
        connection.answer(new OneTimeKeysLeft(frame.id(), keys.oneTimeKeys(member.user(), member.device())));
    }

    void take(TakeOneTimeKey frame, Member member) throws PychatException {
        if (frame.device().equals(DeviceId.ACCOUNT)) {
            throw new RefusalException(ErrorCode.INVALID, "the device is all zero, it must be one of the account's");
        }
        if (!frame.user().equals(member.user())) {
            member.peers().requireReachable(frame.user());
        }
        boolean isOwnPool = frame.user().equals(member.user()) && frame.device().equals(member.device());
        if (!isOwnPool) {
            engine.takes().take(member.user() + " " + frame.user(), 1);
        }
        Bytes key = engine.stores()
                .keys()
                .takeOneTimeKey(frame.user(), frame.device())
                .orElse(Bytes.EMPTY);
        connection.answer(new OneTimeKeyIs(frame.id(), key));
    }
}
