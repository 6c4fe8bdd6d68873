package dev.pychat.ref.client;

import dev.pychat.transport.KeyPin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The command line. Confined to the main thread. */
@Command(
        name = "pychat client",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "An end-to-end encrypted chat in a terminal, or in a script.",
        footer = {
            "",
            "With standard input from a pipe or a file it reads the same lines: user name and",
            "passphrase follow !login or !signup as the next two, and it waits until what it",
            "sent is accepted.",
            "",
            "Exit codes: 0 done, 1 something was not sent or failed, 2 usage, 4 cannot read",
            "or write, 5 server not trusted, 6 files in use by another client, 7 files of a",
            "newer format, 8 damaged files."
        })
final class ClientCommand {
    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            defaultValue = "localhost:5050",
            converter = AddressConverter.class,
            description = "the server (${DEFAULT-VALUE} unless given)")
    Address server = new Address("localhost", 5050);

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${env:HOME:-${sys:user.home}}/.pychat",
            converter = HomeConverter.class,
            description = "where this device keeps keys and messages, encrypted (~/.pychat unless given)")
    Path home = Path.of(".pychat");

    @Option(
            names = "--trust",
            paramLabel = "PEM",
            arity = "1",
            description = "a file with the server's certificate, or its issuer's")
    List<Path> trust = new ArrayList<>();

    @Option(
            names = "--accept-fingerprint",
            paramLabel = "sha256:HEX",
            arity = "1",
            converter = FingerprintConverter.class,
            description = "accept a server whose certificate or public key has this fingerprint")
    List<KeyPin> fingerprints = new ArrayList<>();

    @Option(
            names = "--client-cert",
            paramLabel = "PEM",
            arity = "1",
            description = "a file with the certificate that this device shows to the server, if it wants one")
    List<Path> certificate = new ArrayList<>();

    @Option(
            names = "--client-key",
            paramLabel = "PEM",
            arity = "1",
            description = "a file with the private key of that certificate (PKCS#8)")
    List<Path> key = new ArrayList<>();

    /** Reads {@code --server}. */
    static final class AddressConverter implements ITypeConverter<Address> {
        @Override
        public Address convert(String value) {
            try {
                return Address.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** Reads {@code --home}. */
    static final class HomeConverter implements ITypeConverter<Path> {
        @Override
        public Path convert(String value) {
            if (value.isBlank()) {
                throw new TypeConversionException("it is empty: allowed is the path of a directory");
            }
            return Path.of(value);
        }
    }

    /** Reads {@code --accept-fingerprint}, also as other programs write it: bare, in capitals, with colons. */
    static final class FingerprintConverter implements ITypeConverter<KeyPin> {
        private static final String PREFIX = "sha256:";

        @Override
        public KeyPin convert(String value) {
            try {
                String bare = value.strip().toLowerCase(Locale.ROOT);
                String digits = bare.startsWith(PREFIX) ? bare.substring(PREFIX.length()) : bare;
                return KeyPin.parse(PREFIX + digits.replace(":", ""));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "\"" + value + "\" is no fingerprint: allowed is sha256: and 64 hexadecimal digits");
            }
        }
    }
}
