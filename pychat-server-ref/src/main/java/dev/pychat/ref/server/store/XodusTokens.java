package dev.pychat.ref.server.store;

import dev.pychat.model.Bytes;
import dev.pychat.model.DeviceId;
import dev.pychat.model.Username;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.StoreException;
import dev.pychat.store.TokenStore;
import dev.pychat.store.internal.DeviceToken;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jetbrains.exodus.env.Transaction;

/** Resume tokens on Xodus. */
final class XodusTokens implements TokenStore {

    private final Database database;

    XodusTokens(Database database) {
        this.database = database;
    }

    @Override
    public boolean put(
            Username account, LoginRecord checked, DeviceId device, Bytes tokenHash, Instant now, Instant expires)
            throws StoreException {
        return database.write((txn, trees) -> {
            Optional<LoginRecord> present =
                    XodusAccounts.find(txn, trees, account).map(AccountRecord::login);
            if (!present.equals(Optional.of(checked))) {
                return false;
            }
            trees.tokens().delete(txn, key(account, device));
            for (Bytes outdated : DeviceToken.outdated(ofAccount(txn, trees, account), now)) {
                trees.tokens().delete(txn, outdated);
            }
            trees.tokens().put(txn, key(account, device), write(DeviceToken.first(tokenHash, expires)));
            return true;
        });
    }

    private static Map<Bytes, DeviceToken> ofAccount(Transaction txn, Trees trees, Username account)
            throws DamagedRecordException {
        Map<Bytes, DeviceToken> tokens = new HashMap<>();
        for (Tree.Entry entry : Owned.all(txn, trees.tokens(), Keys.owner(account), Integer.MAX_VALUE)) {
            tokens.put(entry.key(), read(entry.value()));
        }
        return tokens;
    }

    @Override
    public boolean rotate(
            Username account, DeviceId device, Bytes presentedHash, Bytes nextHash, Instant now, Instant expires)
            throws StoreException {
        boolean good = database.read((txn, trees) -> find(txn, trees, account, device)
                .flatMap(token -> token.rotate(presentedHash, nextHash, now, expires))
                .isPresent());
        return good
                && database.write((txn, trees) -> {
                    Optional<DeviceToken> next = find(txn, trees, account, device)
                            .flatMap(token -> token.rotate(presentedHash, nextHash, now, expires));
                    next.ifPresent(token -> trees.tokens().put(txn, key(account, device), write(token)));
                    return next.isPresent();
                });
    }

    private static Optional<DeviceToken> find(Transaction txn, Trees trees, Username account, DeviceId device)
            throws DamagedRecordException {
        return trees.tokens().get(txn, key(account, device)).map(XodusTokens::read);
    }

    @Override
    public void revoke(Username account, DeviceId device) throws StoreException {
        database.change((txn, trees) -> trees.tokens().delete(txn, key(account, device)));
    }

    @Override
    public void revokeAll(Username account) throws StoreException {
        database.change((txn, trees) -> Owned.deleteAll(txn, trees.tokens(), account));
    }

    private static Bytes key(Username account, DeviceId device) {
        return Bytes.concat(Keys.owner(account), device.value());
    }

    private static Bytes write(DeviceToken token) {
        return new RecordWriter()
                .sized(token.current())
                .moment(token.currentEnds())
                .sized(token.previous())
                .moment(token.previousEnds())
                .done();
    }

    private static DeviceToken read(Bytes value) {
        RecordReader record = new RecordReader(value);
        Bytes current = record.sized();
        Instant currentEnds = record.moment();
        Bytes previous = record.sized();
        return new DeviceToken(current, currentEnds, previous, record.moment());
    }
}
