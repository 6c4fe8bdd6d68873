package dev.pychat.endtoend.chaos;

import dev.pychat.client.ChatClient;
import dev.pychat.client.ChatMessage;
import dev.pychat.client.ClientListener;
import dev.pychat.client.ClientState;
import dev.pychat.client.IdentityChange;
import dev.pychat.client.KeysRefusedException;
import dev.pychat.client.RefusedException;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;
import dev.pychat.transport.TrustRefusedException;
import java.time.Instant;

/**
 * Notes what a client is told, and reads it. What may not happen on an honest server, however bad the network, is an {@code alarm}.
 *
 * @param client whose
 * @param journal where it is noted
 */
record Ears(ChatClient client, Journal journal) implements ClientListener {

    @Override
    public void onMessage(ChatMessage message) {
        journal.note("told", message.peer(), message.position().value(), History.digest(message));
        if (!message.findings().isEmpty()) {
            journal.note("alarm", message.peer(), message.position().value(), message.findings());
        }
        read(message);
    }

    private void read(ChatMessage message) {
        try {
            client.conversation(message.peer()).markRead(message.position());
        } catch (PychatException lost) {
            // A later message is read, too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onOpenedLate(ChatMessage message) {
        journal.note("alarm", "opened late", message.peer(), message.position().value());
    }

    @Override
    public void onIdentityChanged(IdentityChange change) {
        journal.note("alarm", change.sentence());
    }

    @Override
    public void onKeysRefused(Username peer, KeysRefusedException refused) {
        journal.note("alarm", peer, refused);
    }

    @Override
    public void onRefused(Username peer, RefusedException refused) {
        journal.note("alarm", peer, refused.reason(), refused);
    }

    @Override
    public void onTrustRefused(TrustRefusedException refused) {
        journal.note("alarm", refused);
    }

    @Override
    public void onNotice(String notice) {
        journal.note("notice", notice);
    }

    @Override
    public void onStateChanged(ClientState state) {
        journal.note("state", Instant.now(), state);
    }
}
