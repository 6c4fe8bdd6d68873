package dev.pychat.ref.server;

import dev.pychat.server.ChatServer;
import dev.pychat.store.directory.internal.Reasons;
import dev.pychat.transport.KeyPin;
import dev.pychat.transport.TransportException;
import dev.pychat.transport.netty.ServerCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;

/**
 * The key and certificate that the server shows, and how they change while it runs: a renewed certificate of the same key is taken at
 * once, another key only if clients were told of it before. Connections that are open keep what they began with.
 *
 * <p>Thread-safe.
 */
final class ServerTls {

    private final Path data;
    private final TlsSource source;
    private final Optional<Path> clientIssuers;
    private final Trial trial;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Shown shown;
    private Optional<ChatServer> server = Optional.empty();
    private Optional<NextKey> next;

    /** What is shown, and whose certificates are wanted of clients. */
    private record Shown(
            TlsIdentity identity, List<X509Certificate> issuers, SSLContext context, ServerCertificate certificate) {}

    /** What carries connections says whether it can show a certificate. */
    interface Trial {
        void of(ServerCertificate certificate) throws TransportException;
    }

    private ServerTls(
            Path data,
            TlsSource source,
            Optional<Path> clientIssuers,
            Trial trial,
            Shown shown,
            Optional<NextKey> next) {
        this.data = data;
        this.source = source;
        this.clientIssuers = clientIssuers;
        this.trial = trial;
        this.shown = shown;
        this.next = next;
    }

    /**
     * Begins with what was read.
     *
     * @param source where it is read anew
     * @param first what it gave
     * @param clientIssuers who signs the certificates of clients; empty if these need none
     * @param trial asked about what is read anew; about the first, whatever begins to listen asks itself
     */
    static ServerTls begin(Path data, TlsSource source, TlsIdentity first, Optional<Path> clientIssuers, Trial trial)
            throws StartException {
        return new ServerTls(data, source, clientIssuers, trial, shown(first, clientIssuers), NextKey.read(data));
    }

    /** From now on this server tells its clients what is to come. */
    void serves(ChatServer running) throws StartException {
        lock.lock();
        try {
            server = Optional.of(running);
            forgetNextIfShown();
            next.ifPresent(key -> running.announceKey(key.pin()));
        } finally {
            lock.unlock();
        }
    }

    SSLContext context() {
        return shown.context();
    }

    /** The same for the transport on Netty, which makes its own contexts: another object only once it was read anew. */
    ServerCertificate certificate() {
        return shown.certificate();
    }

    boolean wantsClientCertificates() {
        return clientIssuers.isPresent();
    }

    String fingerprint() {
        return shown.identity().fingerprint();
    }

    /** The files of others that are looked at for changes. */
    List<Path> files() {
        List<Path> files = new ArrayList<>(source.files());
        clientIssuers.ifPresent(files::add);
        return files;
    }

    /** Whether a certificate that the server makes itself is to be made anew. */
    boolean isDue() {
        return source.isDue(shown.identity().certificate());
    }

    /**
     * Reads everything anew and shows it from now on.
     *
     * @return what has come of it, a sentence
     * @throws StartException if it can't be used; then what was shown is shown further
     */
    String reload() throws StartException {
        lock.lock();
        try {
            TlsIdentity before = shown.identity();
            List<X509Certificate> issuersBefore = shown.issuers();
            Shown fresh = shown(source.read(), clientIssuers);
            requireValid(fresh.identity().certificate());
            requireExpected(fresh.identity());
            requireUsable(fresh.certificate());
            shown = fresh;
            forgetNextIfShown();
            if (before.chain().equals(fresh.identity().chain()) && issuersBefore.equals(fresh.issuers())) {
                return "nothing has changed: the certificate has the fingerprint " + fingerprint();
            }
            boolean sameKey = KeyPin.of(before.certificate())
                    .equals(KeyPin.of(fresh.identity().certificate()));
            return "new connections see the certificate with the fingerprint " + fingerprint() + ", whose key is "
                    + (sameKey ? "the same" : "the announced one");
        } finally {
            lock.unlock();
        }
    }

    private static void requireValid(X509Certificate certificate) throws StartException {
        try {
            certificate.checkValidity();
        } catch (CertificateException e) {
            throw new StartException(
                    ExitCode.CANNOT_READ_OR_WRITE,
                    "the new certificate is valid from "
                            + certificate.getNotBefore().toInstant() + " to "
                            + certificate.getNotAfter().toInstant() + " only",
                    e);
        }
    }

    private void requireUsable(ServerCertificate fresh) throws StartException {
        try {
            trial.of(fresh);
        } catch (TransportException e) {
            throw new StartException(ExitCode.CANNOT_READ_OR_WRITE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Whoever has pinned the present key would take the server for another one. */
    private void requireExpected(TlsIdentity fresh) throws StartException {
        KeyPin pin = KeyPin.of(fresh.certificate());
        boolean known = pin.equals(KeyPin.of(shown.identity().certificate()))
                || next.map(NextKey::pin).equals(Optional.of(pin));
        if (!known) {
            throw new StartException(
                    ExitCode.CANNOT_READ_OR_WRITE,
                    "the new certificate has another key, " + pin
                            + ", which was not announced: clients that have pinned the"
                            + " present one would refuse it. Announce it first with ./pychat server rotate-tls-key --next, or"
                            + " start the server anew to take it all the same");
        }
    }

    private void forgetNextIfShown() throws StartException {
        KeyPin pin = KeyPin.of(shown.identity().certificate());
        if (next.map(NextKey::pin).equals(Optional.of(pin))) {
            next = Optional.empty();
            server.ifPresent(ChatServer::announceNoKey);
            try {
                NextKey.remove(data);
            } catch (IOException e) {
                throw new StartException(ExitCode.CANNOT_READ_OR_WRITE, "cannot write " + Reasons.of(e), e);
            }
        }
    }

    /** What is announced now; empty if nothing is. */
    Optional<NextKey> next() {
        lock.lock();
        try {
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the server makes its key itself. */
    boolean isOwn() {
        return source.isOwn();
    }

    /**
     * Tells clients of a key that is to come, in place of another that was announced.
     *
     * @return how many of them are connected and were told
     */
    int announce(NextKey key) throws StartException {
        lock.lock();
        try {
            if (key.pin().equals(KeyPin.of(shown.identity().certificate()))) {
                throw new StartException(ExitCode.USAGE, "the key " + key.pin() + " is the one that is shown already");
            }
            key.write(data);
            next = Optional.of(key);
            return server.map(running -> running.announceKey(key.pin())).orElse(0);
        } catch (IOException e) {
            throw new StartException(ExitCode.CANNOT_READ_OR_WRITE, "cannot write " + Reasons.of(e), e);
        } finally {
            lock.unlock();
        }
    }

    private static Shown shown(TlsIdentity identity, Optional<Path> clientIssuers) throws StartException {
        List<X509Certificate> issuers = clientIssuers.isPresent() ? Pem.certificates(clientIssuers.get()) : List.of();
        try {
            return new Shown(
                    identity,
                    issuers,
                    identity.context(issuers),
                    ServerCertificate.of(identity.key(), identity.chain()).withClientIssuers(issuers));
        } catch (GeneralSecurityException | IOException e) {
            throw new StartException(
                    ExitCode.CANNOT_READ_OR_WRITE, "the TLS key or certificate can't be used: " + e.getMessage(), e);
        }
    }
}
