package dev.pychat.client;

import dev.pychat.model.DeviceId;
import java.time.Instant;
import java.util.Optional;

/**
 * One device of the account, and what the account knows of it: no name and no place, since none is kept anywhere.
 *
 * <p>Immutable and thread-safe.
 *
 * @param id the installation's id, 16 random bytes
 * @param isThisOne whether it is the one that was asked
 * @param isListed whether the account's bundle offers its keys, so that peers seal to it
 * @param isRemoved whether the person has removed it
 * @param keysMade when the keys that the bundle lists of it were made, which a device in use does anew about every 30 days; empty if it is
 *     not listed, or puts its keys into no vault
 */
public record Device(DeviceId id, boolean isThisOne, boolean isListed, boolean isRemoved, Optional<Instant> keysMade) {}
