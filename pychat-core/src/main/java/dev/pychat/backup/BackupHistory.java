package dev.pychat.backup;

import dev.pychat.model.Position;
import dev.pychat.model.PychatException;
import dev.pychat.model.Username;

/** Who is told of the history in a backup, one conversation after the other and each from its first message to its last. */
public interface BackupHistory {

    /**
     * A conversation begins.
     *
     * @param peer the other party
     * @param first the position of its first message
     * @param last the position of its last one
     * @throws PychatException if it is not taken; then reading ends
     */
    void conversation(Username peer, Position first, Position last) throws PychatException;

    /**
     * Its next message.
     *
     * @param message the message
     * @throws PychatException if it is not taken; then reading ends
     */
    void message(BackupMessage message) throws PychatException;
}
