package dev.pychat.ref.server;

import dev.pychat.ref.server.control.ControlCommand;
import dev.pychat.store.directory.internal.Reasons;
import dev.pychat.transport.KeyPin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** What an operator may ask about the TLS key of a running server. Thread-safe. */
final class TlsCommands {

    /** As long as a device may well be switched off. */
    static final Duration ANNOUNCED_AT_LEAST = Duration.ofDays(14);

    private final ServerTls tls;
    private final Path data;
    private final SecureRandom random;
    private final ReentrantLock rotating = new ReentrantLock();

    TlsCommands(ServerTls tls, Path data, SecureRandom random) {
        this.tls = tls;
        this.data = data;
        this.random = random;
    }

    Map<String, ControlCommand> all() {
        return Map.of(
                "reload-tls", (words, reply) -> answer(reply, tls::reload),
                "announce-tls-key",
                        (words, reply) ->
                                answer(reply, () -> announce(words.stream().findFirst())),
                "use-tls-key", (words, reply) -> answer(reply, () -> use(words.contains("early"))));
    }

    private interface Task {
        String run() throws StartException, IOException;
    }

    private void answer(ControlCommand.Reply reply, Task task) throws IOException {
        String said;
        rotating.lock();
        try {
            said = task.run();
        } catch (StartException e) {
            reply.begin(e.exitCode().number(), String.valueOf(e.getMessage()));
            return;
        } catch (IOException e) {
            reply.begin(ExitCode.CANNOT_READ_OR_WRITE.number(), Reasons.of(e));
            return;
        } finally {
            rotating.unlock();
        }
        reply.begin(0, "").write((said + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private String announce(Optional<String> given) throws StartException, IOException {
        if (given.isEmpty() != tls.isOwn()) {
            throw new StartException(
                    ExitCode.USAGE,
                    tls.isOwn()
                            ? "this server makes its key itself, so --next names none"
                            : "the key of this server is given by tls.key: name a file with the next key's certificate by"
                                    + " --next");
        }
        NextKey key = key(given);
        int told = tls.announce(key);
        return "announced " + key.pin() + " since " + key.since() + "; " + told
                + " sessions were told now, others are told when they log in\n"
                + (tls.isOwn()
                        ? "to use it: ./pychat server rotate-tls-key --use, not before "
                                + key.since().plus(ANNOUNCED_AT_LEAST)
                        : "to use it: put it and its certificate into the place of the present files, not before "
                                + key.since().plus(ANNOUNCED_AT_LEAST) + "; the running server takes it by itself");
    }

    /** What was announced before is announced again, with the time of the first. */
    private NextKey key(Optional<String> given) throws StartException, IOException {
        KeyPin pin = given.isPresent() ? pin(given.get()) : OwnCertificate.nextKey(data, random);
        return tls.next().filter(before -> before.pin().equals(pin)).orElseGet(() -> NextKey.now(pin));
    }

    private static KeyPin pin(String text) throws StartException {
        try {
            return KeyPin.parse(text);
        } catch (IllegalArgumentException e) {
            throw new StartException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private String use(boolean early) throws StartException, IOException {
        if (!tls.isOwn()) {
            throw new StartException(
                    ExitCode.USAGE,
                    "the key of this server is given by tls.key: put the next one and its certificate into the place of the"
                            + " present files, and the running server takes it by itself");
        }
        Path key = NextKey.keyFile(data);
        NextKey next = tls.next()
                .filter(announced -> Files.exists(key))
                .orElseThrow(() -> new StartException(
                        ExitCode.USAGE,
                        "no next key was announced: do that first, with ./pychat server rotate-tls-key"));
        Instant earliest = next.since().plus(ANNOUNCED_AT_LEAST);
        if (!early && Instant.now().isBefore(earliest)) {
            throw new StartException(
                    ExitCode.USAGE,
                    "the next key was announced on " + next.since()
                            + " only: clients that were away since then would refuse" + " this server. Wait until "
                            + earliest + ", or say --early");
        }
        // In this order, for between the steps the server may be killed: a certificate is made anew of whichever key is
        // there.
        Files.deleteIfExists(data.resolve("tls-cert.pem"));
        Files.move(key, OwnCertificate.keyFile(data), StandardCopyOption.ATOMIC_MOVE);
        return tls.reload();
    }
}
