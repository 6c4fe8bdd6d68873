package dev.pychat.ref.server;

import dev.pychat.store.directory.internal.PrivateFiles;
import dev.pychat.store.directory.internal.Reasons;
import dev.pychat.transport.KeyPin;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
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
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The key and the self-signed certificate that a server makes for itself in its data directory. The key is made once; the
 * certificate is made anew from it when it is missing, runs out, or lacks the name that the server listens on, so a client
 * that has pinned the key sees no change.
 */
final class OwnCertificate {

    private static final Duration LIFE = Duration.ofDays(3_650);
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
        } catch (GeneralSecurityException | OperatorCreationException e) {
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
                return KeyPin.of(publicKey(key));
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

    private TlsIdentity existing()
            throws StartException, IOException, GeneralSecurityException, OperatorCreationException {
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
        return certified(key, publicKey(curveKey));
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

    private TlsIdentity certified(PrivateKey key, PublicKey publicKey)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        Instant now = clock.instant();
        X500Name name = new X500Name("CN=pychat server");
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(127, random).setBit(126),
                        Date.from(now.minus(Duration.ofDays(1))),
                        Date.from(now.plus(LIFE)),
                        name,
                        publicKey)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(Extension.subjectAlternativeName, false, names());
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        unkept = Optional.of(Pem.write("CERTIFICATE", certificate.getEncoded()));
        return new TlsIdentity(key, List.of(certificate));
    }

    private GeneralNames names() {
        Set<GeneralName> names = new LinkedHashSet<>();
        if (!isAddress(host)) {
            names.add(new GeneralName(GeneralName.dNSName, host));
        }
        names.add(new GeneralName(GeneralName.dNSName, "localhost"));
        names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        names.add(new GeneralName(GeneralName.iPAddress, "::1"));
        if (isAddress(host) && !isWildcard(host)) {
            names.add(new GeneralName(GeneralName.iPAddress, host));
        }
        return new GeneralNames(names.toArray(new GeneralName[0]));
    }

    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    }

    private static boolean isWildcard(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    private static PublicKey publicKey(ECPrivateKey key) throws GeneralSecurityException {
        org.bouncycastle.math.ec.ECPoint point = org.bouncycastle.asn1.x9.ECNamedCurveTable.getByName("secp256r1")
                .getG()
                .multiply(key.getS())
                .normalize();
        java.security.spec.ECPoint affine = new java.security.spec.ECPoint(
                point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger());
        return KeyFactory.getInstance("EC")
                .generatePublic(new java.security.spec.ECPublicKeySpec(affine, key.getParams()));
    }
}
