/**
 * Attacks on a server that runs as a process of its own, while a well-behaved pair chats over it. What is attacked and how is in
 * the class of each attack; {@link dev.pychat.endtoend.attack.AttackTest} runs them, shortly in each build and at full length when
 * it is asked for. Times are measured and printed here, and judged only at full length.
 */
@NullMarked
package dev.pychat.endtoend.attack;

import org.jspecify.annotations.NullMarked;
