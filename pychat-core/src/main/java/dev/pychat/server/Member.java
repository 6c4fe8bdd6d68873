package dev.pychat.server;

import dev.pychat.bus.LiveBus;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Username;

/**
 * Who is signed in on a connection, and what is kept for that. Confined to the connection's queue; {@link Delivery} says
 * itself what may be called from elsewhere.
 *
 * @param user the account
 * @param device the installation
 * @param peers the other sides of its conversations
 * @param frames how messages are put into frames
 * @param delivery its cursors
 * @param subscription to the hints for the account
 */
record Member(
        Username user,
        DeviceId device,
        Peers peers,
        Frames frames,
        Delivery delivery,
        LiveBus.Subscription subscription) {

    static Member begin(Engine engine, ClientConnection connection, Username user, DeviceId device) {
        Frames frames = new Frames(engine, connection);
        Delivery delivery = new Delivery(engine, connection, frames, user);
        return new Member(
                user,
                device,
                new Peers(engine, user),
                frames,
                delivery,
                engine.bus().subscribe(user, delivery::hint));
    }

    void end() {
        subscription.close();
        delivery.end();
    }
}
