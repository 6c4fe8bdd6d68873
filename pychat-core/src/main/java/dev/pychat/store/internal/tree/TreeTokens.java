package dev.pychat.store.internal.tree;

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

/** Resume tokens over trees. */
public final class TreeTokens implements TokenStore {

    private final Database database;

    /**
     * Makes it over the trees.
     *
     * @param database the trees
     */
    public TreeTokens(Database database) {
        this.database = database;
    }

    @Override
    public boolean put(
            Username account, LoginRecord checked, DeviceId device, Bytes tokenHash, Instant now, Instant expires)
            throws StoreException {
        return database.write((trees) -> {
            Optional<LoginRecord> present = TreeAccounts.find(trees, account).map(AccountRecord::login);
            if (!present.equals(Optional.of(checked))) {
                return false;
            }
            trees.tokens().delete(key(account, device));
            for (Bytes outdated : DeviceToken.outdated(ofAccount(trees, account), now)) {
                trees.tokens().delete(outdated);
            }
            trees.tokens().put(key(account, device), write(DeviceToken.first(tokenHash, expires)));
            return true;
        });
    }

    private static Map<Bytes, DeviceToken> ofAccount(Trees trees, Username account) throws DamagedRecordException {
        Map<Bytes, DeviceToken> tokens = new HashMap<>();
        for (Tree.Entry entry : Owned.all(trees.tokens(), Keys.owner(account), Integer.MAX_VALUE)) {
            tokens.put(entry.key(), read(entry.value()));
        }
        return tokens;
    }

    @Override
    public boolean rotate(
            Username account, DeviceId device, Bytes presentedHash, Bytes nextHash, Instant now, Instant expires)
            throws StoreException {
        boolean good = database.read((trees) -> find(trees, account, device)
                .flatMap(token -> token.rotate(presentedHash, nextHash, now, expires))
                .isPresent());
        return good
                && database.write((trees) -> {
                    Optional<DeviceToken> next = find(trees, account, device)
                            .flatMap(token -> token.rotate(presentedHash, nextHash, now, expires));
                    next.ifPresent(token -> trees.tokens().put(key(account, device), write(token)));
                    return next.isPresent();
                });
    }

    private static Optional<DeviceToken> find(Trees trees, Username account, DeviceId device)
            throws DamagedRecordException {
        return trees.tokens().get(key(account, device)).map(TreeTokens::read);
    }

    @Override
    public void revoke(Username account, DeviceId device) throws StoreException {
        database.change((trees) -> trees.tokens().delete(key(account, device)));
    }

    @Override
    public void revokeAll(Username account) throws StoreException {
        database.change((trees) -> Owned.deleteAll(trees.tokens(), account));
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
