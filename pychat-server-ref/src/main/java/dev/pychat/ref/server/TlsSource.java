package dev.pychat.ref.server;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/** Where the server's key and certificate come from, read anew whenever somebody asks. Confined to its owner's lock. */
interface TlsSource {

    /** Reads them; a server that makes its own certificate renews it where it is time to. */
    TlsIdentity read() throws StartException;

    /** The files that are looked at for changes; none if nobody else changes them. */
    List<Path> files();

    /** Whether the certificate should be made anew, by whoever makes it. */
    boolean isDue(X509Certificate shown);

    /** Whether the server makes its key itself. */
    boolean isOwn();

    /** Files that an operator has named. */
    record Given(Path certificate, Path key) implements TlsSource {
        @Override
        public TlsIdentity read() throws StartException {
            return TlsIdentity.read(certificate, key);
        }

        @Override
        public List<Path> files() {
            return List.of(certificate, key);
        }

        @Override
        public boolean isDue(X509Certificate shown) {
            return false;
        }

        @Override
        public boolean isOwn() {
            return false;
        }
    }

    /** What the server makes for itself. */
    record Own(OwnCertificate made) implements TlsSource {
        @Override
        public TlsIdentity read() throws StartException {
            TlsIdentity identity = made.obtain(true);
            made.keep();
            return identity;
        }

        @Override
        public List<Path> files() {
            return List.of();
        }

        @Override
        public boolean isDue(X509Certificate shown) {
            return made.isDue(shown);
        }

        @Override
        public boolean isOwn() {
            return true;
        }
    }
}
