/**
 * A server that lies as it is told to, for tests of clients: what it lies about, a client has to notice.
 *
 * <p>A {@link dev.pychat.testkit.liar.LyingServer} stands between a real {@code ChatServer} and its transport and stores. A
 * {@link dev.pychat.testkit.liar.Lie} makes the history that one user is shown out of the true one, an
 * {@link dev.pychat.testkit.liar.AnswerLie} changes other answers, and {@link dev.pychat.testkit.liar.Parts} finds the fields of
 * envelopes, epoch headers and bundles, so that each can be edited.
 *
 * <pre>{@code
 * InProcessTransport way = InProcessTransport.create();
 * LyingServer liar = LyingServer.over(MemoryServerStores.create(new SecureRandom()), way);
 * try (ChatServer server = ChatServer.start(
 *         ServerOptions.builder(liar.stores()).transport(liar.transport()).build())) {
 *     // Alice and Bob sign up over way.client(), and Alice writes two messages.
 *     liar.tell(bob, alice, Lies.drop(new Position(3)));
 *     // Alice writes two more. Bob is shown the second of them at position 3, with the findings GAP and VIEWS_DIFFER.
 * }
 * }</pre>
 *
 * <p>Threads: a {@code LyingServer} is thread-safe and may be told to lie at any time; lies themselves keep no state. Nothing that
 * opens envelopes may come in: a liar knows no more than a server does.
 */
@NullMarked
package dev.pychat.testkit.liar;

import org.jspecify.annotations.NullMarked;
