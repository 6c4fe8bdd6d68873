package dev.pychat.server;

import dev.pychat.bus.AccountHint;
import dev.pychat.bus.LiveBus;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Username;
import dev.pychat.store.LoginRecord;
import dev.pychat.wire.AccountChanged;

/**
 * Who is signed in on a connection, and what is kept for that. Confined to the connection's queue; {@link Delivery} says
 * itself what may be called from elsewhere.
 *
 * @param user the account
 * @param device the installation
 * @param peers the other sides of its conversations
 * @param frames how messages are put into frames
 * @param delivery its cursors
 * @param subscription to the hints for its conversations
 * @param news to the hints for the account itself
 * @param presence whether the account is still there
 * @param origin what names this session in hints, 16 random bytes
 */
record Member(
        Username user,
        DeviceId device,
        Peers peers,
        Frames frames,
        Delivery delivery,
        LiveBus.Subscription subscription,
        LiveBus.Subscription news,
        Presence presence,
        Bytes origin) {

    static final String PASSPHRASE_CHANGED = "the passphrase was changed on another device";

    private static final int ORIGIN = 16;

    static Member begin(Engine engine, ClientConnection connection, Username user, DeviceId device, LoginRecord login) {
        Frames frames = new Frames(engine, connection);
        Delivery delivery = new Delivery(engine, connection, frames, user);
        Bytes origin = Bytes.random(engine.random(), ORIGIN);
        Presence presence = new Presence(engine, user, login);
        return new Member(
                user,
                device,
                new Peers(engine, user),
                frames,
                delivery,
                engine.bus()
                        .subscribe(
                                user, hint -> delivery.hint(hint, hint.origin().equals(origin))),
                engine.bus().subscribeToAccount(user, hint -> {
                    if (!hint.origin().equals(origin)) {
                        told(connection, presence, hint);
                    }
                }),
                presence,
                origin);
    }

    /** From here on no request is begun before the store was asked, also none that waits in the queue already. */
    private static void told(ClientConnection connection, Presence presence, AccountHint hint) {
        switch (hint.news()) {
            case VAULT_CHANGED -> connection.send(new AccountChanged(hint.vault()));
            case PASSWORD_CHANGED -> {
                presence.doubt();
                connection.execute(() -> connection.dismissIfOver(PASSPHRASE_CHANGED));
            }
            case DELETED -> {
                presence.doubt();
                connection.execute(() -> connection.dismissIfOver("the account was deleted"));
            }
        }
    }

    void end() {
        subscription.close();
        news.close();
        delivery.end();
    }
}
