package dev.pychat.wire;

import dev.pychat.model.Bytes;

/**
 * Pushed to every session, and to each that is made later, as long as the server is about to change the key of its TLS
 * certificate: a client that has pinned the present key takes the next one too (PROTOCOL.md, section 1.1). It may come twice.
 *
 * <p>Immutable and thread-safe.
 *
 * @param next the SHA-256 of the next key's SubjectPublicKeyInfo, 32 bytes
 */
public record ServerKey(Bytes next) implements ServerFrame {

    static final Shape<ServerKey> SHAPE = Shape.of(ServerKey.class)
            .with(Fields.NEXT_KEY, ServerKey::next)
            .make(v -> new ServerKey(v.get(Fields.NEXT_KEY)));

    @Override
    public <R> R accept(ServerFrame.Handler<R> handler) {
        return handler.serverKey(this);
    }
}
