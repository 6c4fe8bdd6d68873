package dev.pychat.benchmarks.load;

import dev.pychat.crypto.open.Sha256;
import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.NewAccount;
import dev.pychat.store.directory.DirectoryServerStores;
import dev.pychat.store.directory.StoreKind;
import dev.pychat.wire.Credential;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An account with a token for one device: whoever sits here resumes, and no password is hashed.
 *
 * @param user the account
 * @param device its device
 * @param token what the device resumes with, once
 */
public record Seat(Username user, DeviceId device, Credential token) {

    private static final Duration LONG = Duration.ofDays(30);

    /**
     * Lays accounts into the data directory of a server that does not run, through the stores' own interface.
     *
     * @param data the directory, which may be empty
     * @param kind how it keeps what it holds
     * @param count how many
     * @return a seat for each
     * @throws IOException if the directory can't be written, or a server does not start on it
     * @throws PychatException if the stores refuse something
     */
    public static List<Seat> lay(Path data, StoreKind kind, int count) throws IOException, PychatException {
        // Its first start makes the server's key, without which it does not start on a directory with accounts.
        ServerProcess.start(data, List.of(), "--store=" + kind.name()).close();
        SecureRandom random = new SecureRandom();
        List<Seat> seats = new ArrayList<>(count);
        Instant now = Instant.now();
        try (DirectoryServerStores stores = kind.open(data, random)) {
            for (int i = 0; i < count; i++) {
                Seat seat = new Seat(
                        new Username(String.format(Locale.ROOT, "load%06d", i)),
                        DeviceId.random(random),
                        new Credential(Bytes.random(random, Credential.SIZE)));
                LoginRecord login = login(Bytes.random(random, 32));
                stores.accounts().create(new NewAccount(seat.user, Bytes.random(random, 16), login, now));
                stores.tokens().put(seat.user, login, seat.device, Sha256.of(seat.token.value()), now, now.plus(LONG));
                seats.add(seat);
            }
        }
        return seats;
    }

    /**
     * What an account has for a login in which nobody logs in: the hash is that of no password.
     *
     * @param salt its salt, 32 bytes
     * @return the record
     */
    public static LoginRecord login(Bytes salt) {
        return new LoginRecord(salt, 65_536, 3, 1, "none");
    }
}
