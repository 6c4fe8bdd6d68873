package dev.pychat.store.internal.tree;

import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.DeviceId;
import dev.pychat.model.EpochName;
import dev.pychat.model.Username;
import dev.pychat.store.KeyDirectory;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoredBundle;
import dev.pychat.store.internal.KeyRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Public keys over trees. */
final class TreeKeys implements KeyDirectory {

    private final Database database;

    TreeKeys(Database database) {
        this.database = database;
    }

    @Override
    public StoredBundle putBundle(Username account, long previousSerial, StoredBundle bundle) throws StoreException {
        return database.write((trees) -> {
            Optional<StoredBundle> answer = KeyRules.answer(
                    account, previousSerial, bundle, latest(trees, account), bundle(trees, account, bundle.serial()));
            if (answer.isEmpty()) {
                trees.bundles().put(bundleKey(account, bundle.serial()), bundle.bytes());
            }
            return answer.orElse(bundle);
        });
    }

    @Override
    public Optional<StoredBundle> latestBundle(Username account) throws StoreException {
        return database.read((trees) -> latest(trees, account));
    }

    @Override
    public Optional<StoredBundle> bundle(Username account, long serial) throws StoreException {
        return database.read((trees) -> bundle(trees, account, serial));
    }

    private static Optional<StoredBundle> latest(Trees trees, Username account) throws DamagedRecordException {
        Bytes owner = Keys.owner(account);
        Bytes end = Bytes.concat(owner, Keys.number(-1));
        return trees.bundles()
                .below(end)
                .filter(entry -> Keys.startsWith(entry.key(), owner))
                .map(entry -> new StoredBundle(
                        RecordReader.number(entry.key().slice(owner.size(), Long.BYTES)), entry.value()));
    }

    private static Optional<StoredBundle> bundle(Trees trees, Username account, long serial)
            throws DamagedRecordException {
        return trees.bundles().get(bundleKey(account, serial)).map(bytes -> new StoredBundle(serial, bytes));
    }

    private static Bytes bundleKey(Username account, long serial) {
        return Bytes.concat(Keys.owner(account), Keys.number(serial));
    }

    @Override
    public void putEpoch(ConversationId conversation, EpochName name, Bytes header) throws StoreException {
        database.change((trees) -> {
            Bytes key = Bytes.concat(conversation.value(), name.value());
            if (!trees.epochs().has(key)) {
                trees.epochs().put(key, header);
            }
        });
    }

    @Override
    public Map<EpochName, Bytes> epochs(ConversationId conversation, Set<EpochName> names) throws StoreException {
        KeyRules.checkEpochs(names);
        return database.read((trees) -> {
            Map<EpochName, Bytes> found = new HashMap<>();
            for (EpochName name : names) {
                trees.epochs()
                        .get(Bytes.concat(conversation.value(), name.value()))
                        .ifPresent(header -> found.put(name, header));
            }
            return Map.copyOf(found);
        });
    }

    @Override
    public boolean addOneTimeKeys(Username account, DeviceId device, long firstNumber, List<Bytes> keys, int most)
            throws StoreException {
        KeyRules.checkFirstNumber(firstNumber);
        List<Bytes> copy = List.copyOf(keys);
        Bytes pool = pool(account, device);
        return database.write((trees) -> {
            long highest = trees.pools().get(pool).map(RecordReader::number).orElse(0L);
            long fresh = KeyRules.fresh(firstNumber, copy.size(), highest);
            if (Owned.all(trees.oneTimeKeys(), pool, Integer.MAX_VALUE).size() + fresh > most) {
                return false;
            }
            for (int i = 0; i < copy.size(); i++) {
                long number = Math.addExact(firstNumber, i);
                if (number > highest) {
                    trees.oneTimeKeys().put(Bytes.concat(pool, Keys.number(number)), copy.get(i));
                    trees.pools().put(pool, Keys.number(number));
                }
            }
            return true;
        });
    }

    @Override
    public Optional<Bytes> takeOneTimeKey(Username account, DeviceId device) throws StoreException {
        Bytes pool = pool(account, device);
        return database.write((trees) -> {
            List<Tree.Entry> oldest = Owned.all(trees.oneTimeKeys(), pool, 1);
            oldest.forEach(entry -> trees.oneTimeKeys().delete(entry.key()));
            return oldest.stream().map(Tree.Entry::value).findFirst();
        });
    }

    @Override
    public int oneTimeKeys(Username account, DeviceId device) throws StoreException {
        Bytes pool = pool(account, device);
        return database.read((trees) ->
                Owned.all(trees.oneTimeKeys(), pool, Integer.MAX_VALUE).size());
    }

    private static Bytes pool(Username account, DeviceId device) {
        return Bytes.concat(Keys.owner(account), device.value());
    }
}
