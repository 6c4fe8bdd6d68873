package dev.pychat.store.internal.tree;

import dev.pychat.model.Bytes;
import dev.pychat.store.directory.StoreFigures;

/** Counts what there is: accounts one by one, messages by what the ledgers say of them. Stateless. */
final class Figures {

    private Figures() {}

    static StoreFigures count(Trees trees) throws DamagedRecordException {
        long[] accounts = {0};
        long[] conversations = {0};
        long[] messages = {0};
        trees.accounts().upwards(Bytes.EMPTY, entry -> {
            accounts[0]++;
            return true;
        });
        trees.ledgers().upwards(Bytes.EMPTY, entry -> {
            conversations[0]++;
            messages[0] += LedgerRecord.read(entry.value()).head().value();
            return true;
        });
        return new StoreFigures(accounts[0], conversations[0], messages[0]);
    }
}
