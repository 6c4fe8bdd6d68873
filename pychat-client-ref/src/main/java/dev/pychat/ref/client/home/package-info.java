/**
 * The home of a device: its files, each readable by its owner only, written so that a crash or a power loss leaves either
 * the old or the new content, and never written over when they can't be read.
 *
 * <pre>
 * home/                          0700
 *   known-servers                host:port and the SHA-256 of its public key, one for each line
 *   logs/client-N.log            rotating logs, one for each client that runs at once
 *   accounts/REALM/NAME/         one account: REALM in hexadecimal, NAME in its canonical form
 *     lock                       held while a client uses the account
 *     *.whole                    small documents, exchanged as a whole
 *     *.log                      records, appended and now and then compacted
 * </pre>
 *
 * <p>What is secret is sealed by the library before it comes here. Nothing here may seal, open or show anything.
 */
@NullMarked
package dev.pychat.ref.client.home;

import org.jspecify.annotations.NullMarked;
