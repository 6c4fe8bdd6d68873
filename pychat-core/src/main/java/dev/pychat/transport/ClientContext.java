package dev.pychat.transport;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS context of a client, and how long it is kept. The sessions that a server lets the client take up again live and end with it.
 * A handshake that takes one up shows no certificate, so nobody judges one: it must never come to that where the judgement could be
 * another by now. Then there is another context, and a whole handshake.
 *
 * <p>Thread-safe.
 */
final class ClientContext {

    /** As long as a server of ours seals with one ticket key. It bounds what nobody here sees change, such as a root that is trusted no more. */
    static final Duration LIFE = Duration.ofHours(6);

    private final String host;
    private final int port;
    private final ServerTrust trust;
    private final Optional<ClientCertificate> own;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Made made;

    /**
     * One context.
     *
     * @param pins those that were accepted when it was made
     */
    private record Made(SSLContext context, PresentedChain presented, List<Optional<KeyPin>> pins, Instant since) {

        boolean holds(List<Optional<KeyPin>> now, Instant at) {
            return pins.equals(now)
                    && !at.isBefore(since) // a clock that was put back tells no age
                    && at.isBefore(since.plus(LIFE))
                    && at.toEpochMilli() < presented.trustedUntil();
        }
    }

    ClientContext(String host, int port, ServerTrust trust, Optional<ClientCertificate> own, Clock clock) {
        this.host = host;
        this.port = port;
        this.trust = trust;
        this.own = own;
        this.clock = clock;
    }

    /** For a handshake that begins now. Asks for pins, so it may block. */
    SSLContext get() throws GeneralSecurityException, IOException {
        List<Optional<KeyPin>> pins = trust.pins(host, port);
        Instant now = clock.instant();
        lock.lock();
        try {
            Made present = made;
            if (present == null || !present.holds(pins, now)) {
                present = make(pins, now);
                made = present;
            }
            return present.context();
        } finally {
            lock.unlock();
        }
    }

    private Made make(List<Optional<KeyPin>> pins, Instant now) throws GeneralSecurityException, IOException {
        PresentedChain presented = new PresentedChain(trust, host, port, pins);
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] managers = own.isPresent() ? own.get().managers() : null;
        context.init(managers, new TrustManager[] {presented}, null);
        // Each is taken up once, and servers give more of them than are ever taken up.
        context.getClientSessionContext().setSessionCacheSize(1);
        return new Made(context, presented, pins, now);
    }
}
