package dev.pychat.benchmarks;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ChatMessage;
import dev.pychat.client.ClientListener;
import dev.pychat.client.ClientOptions;
import dev.pychat.client.HistoryPage;
import dev.pychat.crypto.open.PasswordCost;
import dev.pychat.crypto.secret.Passphrase;
import dev.pychat.crypto.secret.PassphraseException;
import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.store.ClientStores;
import dev.pychat.transport.ClientTransport;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A person's client with all that a program would have of it: a listener, and stores. Its passphrase costs next to nothing. Thread-safe. */
final class ChatDevice implements ClientListener, AutoCloseable {

    /** The least that there is. */
    static final PasswordCost CHEAP = new PasswordCost(8, 1, 1);

    private static final int PAGE = 256;
    private static final long PATIENCE_SECONDS = 120;

    private final Username user;
    private final ChatClient client;
    private final Semaphore told = new Semaphore(0);

    private ChatDevice(Username user, ChatClient client) {
        this.user = user;
        this.client = client;
    }

    private static ChatDevice connect(String name, ClientTransport transport, ClientStores stores)
            throws PychatException, InterruptedException {
        ClientOptions options = ClientOptions.builder(transport, stores)
                .passwordCost(CHEAP)
                .keySource(ReusedKeys.SHARED)
                // Whoever counts messages counts what was said.
                .receiptDelay(Duration.ZERO)
                .build();
        ChatDevice device = new ChatDevice(new Username(name), ChatClient.connect(options));
        device.client.addListener(device);
        return device;
    }

    static ChatDevice signUp(String name, ClientTransport transport, ClientStores stores)
            throws PychatException, InterruptedException {
        ChatDevice device = connect(name, transport, stores);
        try (Passphrase passphrase = passphrase(name)) {
            device.client.signUp(device.user, passphrase);
        }
        return device;
    }

    static ChatDevice logIn(String name, ClientTransport transport, ClientStores stores)
            throws PychatException, InterruptedException {
        ChatDevice device = connect(name, transport, stores);
        try (Passphrase passphrase = passphrase(name)) {
            device.client.logIn(device.user, passphrase);
        }
        return device;
    }

    private static Passphrase passphrase(String name) {
        try {
            return Passphrase.of(("the passphrase of " + name).toCharArray());
        } catch (PassphraseException e) {
            throw new IllegalStateException(e);
        }
    }

    Username user() {
        return user;
    }

    void say(Username peer, String text) throws PychatException, InterruptedException {
        client.conversation(peer).sendText(text);
    }

    /** Waits until so many messages more were told of. */
    void awaitTold(int count) throws InterruptedException {
        require(told.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS), "was not told of " + count + " messages");
    }

    private void require(boolean done, String otherwise) {
        if (!done) {
            throw new IllegalStateException(user + " " + otherwise + " within " + PATIENCE_SECONDS + " seconds");
        }
    }

    /** Reads the whole history with a peer, page by page from its end, and counts the texts in it. */
    int read(Username peer) throws PychatException, InterruptedException {
        int texts = 0;
        HistoryPage page = client.conversation(peer).history(Position.NONE, PAGE);
        texts += texts(page);
        while (page.more()) {
            page = client.conversation(peer).history(page.messages().get(0).position(), PAGE);
            texts += texts(page);
        }
        return texts;
    }

    private static int texts(HistoryPage page) {
        return (int) page.messages().stream()
                .filter(message -> message.text().isPresent())
                .count();
    }

    @Override
    public void onMessage(ChatMessage message) {
        told.release();
    }

    @Override
    public void close() {
        client.close();
    }
}
