package dev.pychat.transport.netty;

import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Ticket keys of BoringSSL, which without them would resume nothing in TLS 1.3. They are in no file: each lives in this process, seals
 * for six hours and opens for six more, so that whoever takes it from memory later learns nothing of sessions before. Confined to its
 * owner's lock.
 */
final class NativeTickets implements Tickets {

    /** How long a key seals. */
    static final long LIFE = TimeUnit.HOURS.toNanos(6);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final OpenSslSessionContext sessions;
    private final LongSupplier nanos;
    private OpenSslSessionTicketKey present = random();
    private long since;

    NativeTickets(SslContext context, LongSupplier nanos) {
        this.nanos = nanos;
        since = nanos.getAsLong();
        sessions = (OpenSslSessionContext) context.sessionContext();
        sessions.setTicketKeys(present);
        // A ticket holds the whole session, so the server need not remember it.
        sessions.setSessionCacheEnabled(false);
    }

    @Override
    public void renewIfDue() {
        long lives = (nanos.getAsLong() - since) / LIFE;
        if (lives < 1) {
            return;
        }
        OpenSslSessionTicketKey before = present;
        present = random();
        since += lives * LIFE;
        if (lives == 1) {
            sessions.setTicketKeys(present, before);
        } else {
            sessions.setTicketKeys(present); // nobody came while the one before was still to open tickets
        }
    }

    private static OpenSslSessionTicketKey random() {
        return new OpenSslSessionTicketKey(
                random(OpenSslSessionTicketKey.NAME_SIZE),
                random(OpenSslSessionTicketKey.HMAC_KEY_SIZE),
                random(OpenSslSessionTicketKey.AES_KEY_SIZE));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
