/**
 * The client: one connection, one account, its conversations.
 *
 * <p>{@link dev.pychat.client.ChatClient} is the way in. What is not public here is the engine: the link to the server, the
 * outbox of each conversation, the inbox, reconnecting. Each conversation's work runs one task at a time; nothing waits for
 * the network on a thread, and no listener is called under a lock or on a network thread.
 *
 * <p>Nothing of {@code dev.pychat.server} may ever come in here.
 */
@NullMarked
package dev.pychat.client;

import org.jspecify.annotations.NullMarked;
