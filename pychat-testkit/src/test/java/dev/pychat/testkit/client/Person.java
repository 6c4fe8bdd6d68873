package dev.pychat.testkit.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pychat.client.AskedEpoch;
import dev.pychat.client.ChatClient;
import dev.pychat.client.ChatMessage;
import dev.pychat.client.ClientListener;
import dev.pychat.client.ClientOptions;
import dev.pychat.client.ClientState;
import dev.pychat.client.Conversation;
import dev.pychat.client.HistoryPage;
import dev.pychat.client.IdentityChange;
import dev.pychat.client.KeysRefusedException;
import dev.pychat.client.Receipt;
import dev.pychat.client.RefusedException;
import dev.pychat.client.ServerUnreachableException;
import dev.pychat.model.EpochName;
import dev.pychat.model.Position;
import dev.pychat.model.Username;
import dev.pychat.store.ClientStores;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One client and everything that it was told. */
final class Person implements ClientListener, AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Username user;
    private final ClientStores stores;
    private final List<ChatMessage> told = new CopyOnWriteArrayList<>();
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final List<RefusedException> refused = new CopyOnWriteArrayList<>();
    private final List<IdentityChange> changes = new CopyOnWriteArrayList<>();
    private final List<KeysRefusedException> refusedKeys = new CopyOnWriteArrayList<>();
    private final List<ChatMessage> openedLate = new CopyOnWriteArrayList<>();
    private final List<ClientState> states = new CopyOnWriteArrayList<>();
    private final ChatClient client;

    private Person(String name, ClientStores stores, ClientOptions options) throws Exception {
        this.user = new Username(name);
        this.stores = stores;
        this.client = ChatClient.connect(options);
        client.addListener(this);
    }

    static Person connect(String name, ClientStores stores, ClientOptions options) throws Exception {
        return new Person(name, stores, options);
    }

    @Override
    public void onMessage(ChatMessage message) {
        told.add(message);
    }

    @Override
    public void onNotice(String notice) {
        notices.add(notice);
    }

    @Override
    public void onRefused(Username peer, RefusedException why) {
        refused.add(why);
    }

    @Override
    public void onOpenedLate(ChatMessage message) {
        openedLate.add(message);
    }

    @Override
    public void onIdentityChanged(IdentityChange change) {
        // The notice first: who waits for the change finds it.
        ClientListener.super.onIdentityChanged(change);
        changes.add(change);
    }

    @Override
    public void onKeysRefused(Username peer, KeysRefusedException why) {
        ClientListener.super.onKeysRefused(peer, why);
        refusedKeys.add(why);
    }

    @Override
    public void onStateChanged(ClientState state) {
        states.add(state);
    }

    Username user() {
        return user;
    }

    ClientStores stores() {
        return stores;
    }

    ChatClient client() {
        return client;
    }

    List<ChatMessage> told() {
        return List.copyOf(told);
    }

    List<String> notices() {
        return List.copyOf(notices);
    }

    List<RefusedException> refused() {
        return List.copyOf(refused);
    }

    List<ChatMessage> openedLate() {
        return List.copyOf(openedLate);
    }

    List<IdentityChange> changes() {
        return List.copyOf(changes);
    }

    List<KeysRefusedException> refusedKeys() {
        return List.copyOf(refusedKeys);
    }

    List<ClientState> states() {
        return List.copyOf(states);
    }

    Conversation with(Person peer) throws Exception {
        return client.conversation(peer.user);
    }

    Receipt say(Person peer, String text) throws Exception {
        return with(peer).sendText(text);
    }

    /** Gives what the peer's device has asked for and waits for the person. */
    int giveAsked(Person peer) throws Exception {
        return with(peer).giveAsked(names(with(peer).asked()));
    }

    static Set<EpochName> names(List<AskedEpoch> asked) {
        return asked.stream().map(AskedEpoch::name).collect(Collectors.toSet());
    }

    void awaitAccepted() throws Exception {
        assertThat(client.awaitAccepted(PATIENCE))
                .as("%s's outbox is empty", user)
                .isTrue();
    }

    /** Waits until so many notices were given, which come on another queue than messages and receipts. */
    List<String> awaitNotices(int count) {
        await(() -> notices.size() >= count, () -> user + " was given the notices " + notices);
        return notices();
    }

    /** Waits until the conversations are reached again after a restart of the server. */
    void awaitOnline(Person peer) {
        await(
                () -> {
                    try {
                        with(peer).identity();
                        return true;
                    } catch (ServerUnreachableException offline) {
                        return false;
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                },
                () -> user + " does not come back");
    }

    /** Waits until so many messages were told of. */
    List<ChatMessage> awaitTold(int count) {
        await(() -> told.size() >= count, () -> user + " was told of " + texts(told) + ", notices " + notices);
        return told();
    }

    List<String> textsTold() {
        return texts(told);
    }

    List<ChatMessage> history(Person peer) throws Exception {
        HistoryPage page = with(peer).history(Position.NONE, 256);
        assertThat(page.more()).isFalse();
        return page.messages();
    }

    static List<String> texts(List<ChatMessage> messages) {
        return messages.stream()
                .map(message -> message.sender() + ": " + message.text().orElse("?" + message.findings()))
                .toList();
    }

    static void await(BooleanSupplier condition, Supplier<String> otherwise) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(otherwise.get());
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
