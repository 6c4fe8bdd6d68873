package dev.pychat.client;

import dev.pychat.model.DeviceId;
import dev.pychat.model.PychatException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The devices of the account that is logged in (ENVELOPE.md, section 5.4): which there are, and the end of one that is no longer used. The
 * bundle lists 8 at most; one beyond them writes as well, and of an account that keeps its history it reads with the keys that the others have put
 * into the vault. Of one that forgets it reads nothing until one of the 8 is removed.
 *
 * <p>Removing is for a device that is given away, erased or lost under lock. It takes nothing back: the device still reads what was sealed
 * to it, and whoever has the passphrase, too, reads everything. For a stolen device there is {@link ChatClient#resetIdentity}.
 *
 * <p>Thread-safe. The calls wait for the server.
 */
public final class Devices {

    private final ClientOptions options;
    private final Engine engine;

    Devices(ClientOptions options, Engine engine) {
        this.options = options;
        this.engine = engine;
    }

    /**
     * Reads the vault and says which devices there are.
     *
     * @return this device first, the others by their ids, those that were removed last
     * @throws NotLoggedInException if nobody is logged in
     * @throws PychatException if the server can't be asked or the vault can't be read
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public List<Device> list() throws PychatException, InterruptedException {
        return answer(engine.requireAccount().upkeep().devices(engine.link()));
    }

    /**
     * Removes a device: the next bundle, which is published before this returns, lists nothing of it, the vault says that it is gone, its
     * resume tokens end, and its one-time keys are handed out no more. It learns so when it is on line. To repeat it, after a failure,
     * does no harm.
     *
     * @param device one of {@link #list}, not this one
     * @throws RefusedException if it is this device, none of the account's, or this device was removed itself
     * @throws NotLoggedInException if nobody is logged in
     * @throws PychatException if the server can't be asked or refuses; what was begun is brought out later
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public void remove(DeviceId device) throws PychatException, InterruptedException {
        answer(engine.requireAccount().upkeep().removeDevice(engine.link(), device));
    }

    /**
     * Takes this device, which was removed, into the account again, with new keys. It never does so by itself.
     *
     * @throws RefusedException if it was not removed
     * @throws NotLoggedInException if nobody is logged in
     * @throws PychatException if the server can't be asked or refuses; what was begun is brought out later
     * @throws InterruptedException if the calling thread is interrupted while it waits
     */
    public void rejoin() throws PychatException, InterruptedException {
        answer(engine.requireAccount().upkeep().rejoin(engine.link()));
    }

    private <T> T answer(CompletableFuture<T> asked) throws PychatException, InterruptedException {
        try {
            return Answers.get(asked, options.requestTimeout());
        } catch (FailureException e) {
            throw e.asRefused();
        }
    }
}
