package dev.pychat.client;

import dev.pychat.key.DeviceKeys;
import dev.pychat.keyring.Keyring;

/**
 * Tells the person that the account's bundle lists this device no more, or has no room for it, and what to do. Once for each time that it
 * comes about, and with each start. Confined to the account's own work.
 */
final class DevicePlace {

    private enum Place {
        LISTED,
        REMOVED,
        CROWDED_OUT,
        UNREACHED
    }

    private final OwnKeys keys;
    private final Listeners listeners;
    private Place told = Place.LISTED;

    DevicePlace(OwnKeys keys, Listeners listeners) {
        this.keys = keys;
        this.listeners = listeners;
    }

    void tell() {
        Place now = place(keys.keyring());
        if (now != told) {
            told = now;
            if (now != Place.LISTED) {
                listeners.notice(
                        switch (now) {
                            case REMOVED -> removed();
                            case UNREACHED -> unreached();
                            default -> crowdedOut();
                        });
            }
        }
    }

    private static Place place(Keyring present) {
        if (present.devices().isRemoved(present.device())) {
            return Place.REMOVED;
        }
        if (isUnreached(present)) {
            return Place.UNREACHED;
        }
        boolean isOut = present.kemKeys().lastResort().isEmpty() && OwnKemKeys.isCrowdedOut(present);
        return isOut ? Place.CROWDED_OUT : Place.LISTED;
    }

    /** Whether nothing that is sent to the account can reach this device: it has no place there, and nobody's keys are in the vault. */
    static boolean isUnreached(Keyring present) {
        return !present.historyPolicy().isKeep()
                && present.kemKeys().lastResort().isEmpty()
                && !present.devices().isRemoved(present.device())
                && OwnKemKeys.isCrowdedOut(present);
    }

    private String removed() {
        return "this device was removed from the account " + keys.keyring().username()
                + " on another one of its devices: nothing is sealed to it by itself any more, and it does not come back by"
                + " itself. What it can still read is what it has, and, since it holds the passphrase, what the account's"
                + " vault opens. If it is to be used on: log in on an empty place as a new device, or take this one in"
                + " again. If it was not you who removed it, change the passphrase";
    }

    private static String crowdedOut() {
        return "the account's bundle lists " + DeviceKeys.MAX_DEVICES
                + " other devices, which is the most, so nothing is"
                + " sealed to this one by itself; it reads with the keys that the others put into the vault. Remove a"
                + " device that is no longer used, and this one takes its place";
    }

    private static String unreached() {
        return "the account's bundle lists " + DeviceKeys.MAX_DEVICES
                + " other devices, which is the most, and the account forgets its history, so the keys of the others are in no vault:"
                + " this device reads nothing of what is sent to the account or by its other devices, until it has a place there."
                + " Remove a device that is no longer used, here or on another one, and this one takes its place;"
                + " it reads what peers send when they have heard of it, within a day";
    }
}
