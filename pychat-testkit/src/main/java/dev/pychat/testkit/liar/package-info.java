/**
 * A server that lies as it is told to, for tests of clients: what it lies about, a client has to notice.
 *
 * <p>A {@link dev.pychat.testkit.liar.LyingServer} stands between a real {@code ChatServer} and its transport and stores. A
 * {@link dev.pychat.testkit.liar.Lie} makes the history that one user is shown out of the true one, an
 * {@link dev.pychat.testkit.liar.AnswerLie} changes other answers, and {@link dev.pychat.testkit.liar.Parts} finds the fields of
 * envelopes, epoch headers and bundles, so that each can be edited. Each {@code Lie} has a test in this project in which the
 * real client finds it.
 *
 * <pre>{@code
 * InProcessTransport way = InProcessTransport.create();
 * LyingServer liar = LyingServer.over(MemoryServerStores.create(new SecureRandom()), way);
 * ServerOptions options = ServerOptions.builder(liar.stores())
 *         .transport(liar.transport())
 *         .hashCost(new HashCost(HashCost.MIN))
 *         .passwordFloor(CHEAP)
 *         .build();
 * ChatServer server = ChatServer.start(options);
 * try (server;
 *         ChatClient alice = newUser(way.client(), "alice");
 *         ChatClient bob = newUser(way.client(), "bob")) {
 *     liar.tell(new Username("bob"), new Username("alice"), Lies.drop(new Position(1)));
 *     BlockingQueue<ChatMessage> arrived = new LinkedBlockingQueue<>();
 *     bob.conversation(new Username("alice")).addListener(arrived::add);
 *     alice.conversation(new Username("bob")).sendText("one");
 *     alice.conversation(new Username("bob")).sendText("two");
 *     ChatMessage first = arrived.poll(20, TimeUnit.SECONDS);
 *     assertThat(first.text()).contains("two");
 *     assertThat(first.findings()).extracting(Finding::code).contains(FindingCode.GAP);
 * }
 * }</pre>
 *
 * <p>Threads: a {@code LyingServer} is thread-safe and may be told to lie at any time; lies themselves keep no state. Nothing that
 * opens envelopes may come in: a liar knows no more than a server does.
 */
@NullMarked
package dev.pychat.testkit.liar;

import org.jspecify.annotations.NullMarked;
