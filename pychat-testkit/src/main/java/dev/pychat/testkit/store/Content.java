package dev.pychat.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.model.Bytes;
import dev.pychat.model.ConversationId;
import dev.pychat.model.DeviceId;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.Realm;
import dev.pychat.model.StoredMessage;
import dev.pychat.model.Username;
import dev.pychat.store.InboxEntry;
import dev.pychat.store.LoginRecord;
import dev.pychat.store.NewAccount;
import dev.pychat.store.ServerStores;
import dev.pychat.store.StoreException;
import dev.pychat.store.StoredBundle;
import dev.pychat.store.StoredVault;
import dev.pychat.store.Submission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that can be read of a store that was filled with something of everything: two of these are equal if nothing was lost
 * or altered.
 */
record Content(
        Realm realm,
        Bytes decoySecret,
        List<Username> users,
        Map<Username, Optional<LoginRecord>> logins,
        Map<Username, Optional<StoredVault>> vaults,
        Map<Username, Optional<StoredBundle>> bundles,
        Map<Username, Set<Username>> blocks,
        Map<Username, Integer> oneTimeKeys,
        Map<Username, List<InboxEntry>> inboxes,
        Map<ConversationId, List<StoredMessage>> messages,
        Map<ConversationId, Map<EpochName, Bytes>> epochs) {

    private static final DeviceId DEVICE = new DeviceId(Bytes.fromHex("0102030405060708090a0b0c0d0e0f10"));
    private static final int USERS = 12;
    private static final EpochName EPOCH = new EpochName(Bytes.fromHex("ab".repeat(32)));

    /** Puts something of everything into the stores, and says what can be read of it. */
    static Content fill(ServerStores stores, Draw draw, int batches) throws StoreException {
        List<Username> users = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            Username name = new Username("user" + i);
            users.add(name);
            NewAccount account = Logins.account(draw, name);
            stores.accounts().create(account);
            stores.accounts().putVault(name, account.login(), 0, new StoredVault(1, draw.bytes(900)));
            stores.keys().putBundle(name, 0, new StoredBundle(1, draw.bytes(700)));
            stores.keys().addOneTimeKeys(name, DEVICE, 1, List.of(draw.bytes(30), draw.bytes(40)), 200);
            stores.blocks().block(name, new Username("user" + (i + 1) % USERS));
        }
        List<Talker> talkers = new ArrayList<>();
        for (int i = 1; i < USERS; i++) {
            Talker talker = new Talker(draw, draw.conversation(), users.get(0), users.get(i));
            talkers.add(talker);
            talkers.add(talker.answering());
            stores.keys().putEpoch(talker.conversation(), EPOCH, draw.bytes(1200));
        }
        for (int i = 0; i < batches; i++) {
            List<Submission> batch = new ArrayList<>();
            for (int n = 1 + draw.below(20); n > 0; n--) {
                batch.add(talkers.get(draw.below(talkers.size())).next(draw.below(5) == 0));
            }
            stores.messages().append(batch);
        }
        return read(stores, users, talkers.stream().map(Talker::conversation).toList());
    }

    /** Reads again what the stores hold of this. */
    Content readAgain(ServerStores stores) throws StoreException {
        return read(stores, List.copyOf(logins.keySet()), List.copyOf(messages.keySet()));
    }

    private static Content read(ServerStores stores, List<Username> names, List<ConversationId> conversations)
            throws StoreException {
        Map<Username, Optional<LoginRecord>> logins = new HashMap<>();
        Map<Username, Optional<StoredVault>> vaults = new HashMap<>();
        Map<Username, Optional<StoredBundle>> bundles = new HashMap<>();
        Map<Username, Set<Username>> blocks = new HashMap<>();
        Map<Username, Integer> oneTimeKeys = new HashMap<>();
        Map<Username, List<InboxEntry>> inboxes = new HashMap<>();
        for (Username name : names) {
            logins.put(name, stores.accounts().login(name));
            vaults.put(name, stores.accounts().vault(name));
            bundles.put(name, stores.keys().latestBundle(name));
            blocks.put(name, stores.blocks().blocked(name));
            oneTimeKeys.put(name, stores.keys().oneTimeKeys(name, DEVICE));
            inboxes.put(name, stores.messages().inbox(name, "", 1000).entries());
        }
        Map<ConversationId, List<StoredMessage>> messages = new HashMap<>();
        Map<ConversationId, Map<EpochName, Bytes>> epochs = new HashMap<>();
        for (ConversationId conversation : conversations) {
            messages.put(conversation, messages(stores, conversation));
            epochs.put(conversation, stores.keys().epochs(conversation, Set.of(EPOCH)));
        }
        return new Content(
                stores.realm(),
                stores.decoySecret(),
                stores.accounts().users("", "", 1000).names(),
                logins,
                vaults,
                bundles,
                blocks,
                oneTimeKeys,
                inboxes,
                messages,
                epochs);
    }

    static List<StoredMessage> messages(ServerStores stores, ConversationId conversation) throws StoreException {
        List<StoredMessage> all = new ArrayList<>();
        List<StoredMessage> page;
        do {
            page = stores.messages()
                    .since(conversation, new Position(all.size()), 100)
                    .messages();
            all.addAll(page);
        } while (!page.isEmpty());
        return all;
    }

    void requireEverything() {
        assertThat(users).hasSize(USERS);
        assertThat(logins.values()).doesNotContain(Optional.empty());
        assertThat(vaults.values()).doesNotContain(Optional.empty());
        assertThat(bundles.values()).doesNotContain(Optional.empty());
        assertThat(blocks.values()).allSatisfy(blocked -> assertThat(blocked).hasSize(1));
        assertThat(oneTimeKeys.values()).containsOnly(2);
        assertThat(inboxes.get(users.get(0))).hasSize(USERS - 1);
        assertThat(epochs.values()).allSatisfy(headers -> assertThat(headers).hasSize(1));
    }
}
