/**
 * The private halves: the identity, the wrapping keys, the keyring of a device and its sealed form, the vault, and the key
 * under which a device seals its own records.
 *
 * <p>No class of the server ever reaches this package, through whatever chain. Nothing here does input or output.
 */
@NullMarked
package dev.pychat.keyring;

import org.jspecify.annotations.NullMarked;
