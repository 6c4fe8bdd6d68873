/**
 * All server stores, over an engine that keeps ordered trees in transactions. An engine is all that a store on a disk has to bring;
 * what it keeps is the same to the byte, so that it can be moved.
 *
 * <pre>
 * trees, each value followed by the CRC-32C of tree, key and value:
 *   installation   "realm", "decoy"                 -> bytes
 *   accounts       name                             -> attempt, log-in record
 *   tombstones     name                             -> free at
 *   vaults         name                             -> version, sealed
 *   tokens         name 0 device                    -> present token, the one before it
 *   bundles        name 0 serial                    -> bundle
 *   epochs         conversation, epoch              -> header
 *   pools          name 0 device                    -> highest number
 *   one-time-keys  name 0 device number             -> key
 *   blocks         name 0 peer                      -> nothing
 *   conversations  conversation                     -> number
 *   inboxes        name 0 peer                      -> number
 *   ledgers        number                           -> all of a conversation beside its messages
 *   messages       number, position                 -> id, and the rest of a message
 * </pre>
 *
 * <p>A message costs one put, at the right edge of its conversation; its ledger is written once for each batch. Nothing of
 * a message is keyed by anything random. A message that the ledger's head promises and that is not there is damage.
 *
 * <p>Nothing here can open an envelope, and nothing here may ever try; nothing here knows an engine, and nothing here is API.
 */
@NullMarked
package dev.pychat.store.internal.tree;

import org.jspecify.annotations.NullMarked;
