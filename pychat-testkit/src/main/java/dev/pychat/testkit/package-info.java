/**
 * Contract tests for every seam of pychat, vectors, and peers that misbehave on purpose, published for those who embed
 * pychat. What is here may use JUnit and AssertJ; nothing that production code needs may ever come in.
 */
@NullMarked
package dev.pychat.testkit;

import org.jspecify.annotations.NullMarked;
