/**
 * What both cryptography packages share about the JDK's cipher interface. Not API. Holds no rule of the protocol.
 */
@NullMarked
package dev.pychat.crypto.open.internal;

import org.jspecify.annotations.NullMarked;
