package dev.pychat.ref.server;

import dev.pychat.store.directory.internal.PrivateFiles;
import dev.pychat.store.directory.internal.Reasons;
import dev.pychat.transport.KeyPin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The key and the self-signed certificate that a server makes for itself in its data directory. The key is made once; the
 * certificate is made anew from it when it is missing, runs out, or lacks the name that the server listens on, so a client
 * that has pinned the key sees no change.
 */
final class OwnCertificate {

    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private final Path keyFile;
    private final Path certificateFile;
    private final String host;
    private final Clock clock;
    private final SecureRandom random;
    private Optional<byte[]> unkept = Optional.empty();

    OwnCertificate(Path data, String host, Clock clock, SecureRandom random) {
        this.keyFile = keyFile(data);
        this.certificateFile = data.resolve("tls-cert.pem");
        this.host = host;
        this.clock = clock;
        this.random = random;
    }

    static Path keyFile(Path data) {
        return data.resolve("tls-key.pem");
    }

    /**
     * Reads it, or makes what is missing. The data directory is there.
     *
     * @param served whether this server had users before, so that a key was lost if there is none
     */
    TlsIdentity obtain(boolean served) throws StartException {
        try {
            if (Files.exists(keyFile)) {
                return existing();
            }
            if (served || Files.exists(certificateFile)) {
                throw lost();
            }
            KeyPair pair = makeKey(keyFile, random);
            return certified(pair.getPrivate(), pair.getPublic());
        } catch (IOException e) {
            throw new StartException(ExitCode.CANNOT_READ_OR_WRITE, "cannot write " + Reasons.of(e), e);
        } catch (GeneralSecurityException e) {
            throw new StartException(
                    ExitCode.INTERNAL, "cannot make the certificate " + certificateFile + ": " + e.getMessage(), e);
        }
    }

    private static KeyPair makeKey(Path file, SecureRandom random) throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        KeyPair pair = generator.generateKeyPair();
        PrivateFiles.write(file, Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded()));
        return pair;
    }

    /** The pin of the key that is to follow the present one, which is made if there is none yet. */
    static KeyPin nextKey(Path data, SecureRandom random) throws StartException, IOException {
        Path file = NextKey.keyFile(data);
        try {
            if (!Files.exists(file)) {
                return KeyPin.of(makeKey(file, random).getPublic());
            }
            if (Pem.privateKey(file) instanceof ECPrivateKey key) {
                return KeyPin.of(SelfSigned.publicKey(key));
            }
        } catch (GeneralSecurityException e) {
            throw new StartException(ExitCode.INTERNAL, "cannot make the key " + file + ": " + e.getMessage(), e);
        }
        throw new StartException(ExitCode.CANNOT_READ_OR_WRITE, file + " is no key that this server has made");
    }

    /** Whether a certificate that is shown runs out soon. */
    boolean isDue(X509Certificate shown) {
        return !shown.getNotAfter().toInstant().isAfter(clock.instant().plus(RENEW_BEFORE));
    }

    /** Keeps a certificate that was made: only once the server listens on the name that stands in it. */
    void keep() throws StartException {
        if (unkept.isPresent()) {
            try {
                PrivateFiles.write(certificateFile, unkept.get());
                unkept = Optional.empty();
            } catch (IOException e) {
                throw new StartException(ExitCode.CANNOT_READ_OR_WRITE, "cannot write " + Reasons.of(e), e);
            }
        }
    }

    private StartException lost() {
        return new StartException(
                ExitCode.CANNOT_READ_OR_WRITE,
                "the key " + keyFile + " is lost: bring it back from a backup. With a new key every client refuses this"
                        + " server as another one; if that can't be helped, remove " + certificateFile
                        + ", make a key with \"openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "
                        + keyFile + "\" and start again");
    }

    private TlsIdentity existing() throws StartException, IOException, GeneralSecurityException {
        PrivateKey key = Pem.privateKey(keyFile);
        if (Files.exists(certificateFile)) {
            TlsIdentity identity = TlsIdentity.read(certificateFile, keyFile);
            return isCurrent(identity.certificate())
                    ? identity
                    : certified(key, identity.certificate().getPublicKey());
        }
        if (!(key instanceof ECPrivateKey curveKey)) {
            throw new StartException(
                    ExitCode.CANNOT_READ_OR_WRITE,
                    keyFile + " is no key that this server has made, and there is no " + certificateFile.getFileName()
                            + " for it");
        }
        return certified(key, SelfSigned.publicKey(curveKey));
    }

    private boolean isCurrent(X509Certificate certificate) throws GeneralSecurityException {
        Instant needed = clock.instant().plus(RENEW_BEFORE);
        return certificate.getNotAfter().toInstant().isAfter(needed) && (isWildcard(host) || isNamed(certificate));
    }

    private boolean isNamed(X509Certificate certificate) throws GeneralSecurityException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names != null && names.stream().anyMatch(name -> isSame(String.valueOf(name.get(1))));
    }

    /** Addresses have more than one form. */
    private boolean isSame(String name) {
        try {
            return name.equals(host)
                    || isAddress(name)
                            && isAddress(host)
                            && InetAddress.getByName(name).equals(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private TlsIdentity certified(PrivateKey key, PublicKey publicKey) throws IOException, GeneralSecurityException {
        X509Certificate certificate = SelfSigned.of(key, publicKey, host, clock.instant(), random);
        unkept = Optional.of(Pem.write("CERTIFICATE", certificate.getEncoded()));
        return new TlsIdentity(key, List.of(certificate));
    }

    static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    }

    static boolean isWildcard(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }
}
