/**
 * What travels between client and server: one record for each frame, the table of all frames, the codec, the error
 * codes. The document of all this is {@code PROTOCOL.md}; each record's description is its section in short.
 *
 * <pre>
 * frame  = u32 length of the rest | u16 length of the header | header | body
 * header = one JSON object in UTF-8, of which "t" names the type
 * body   = nothing, or raw bytes, or parts: each u32 length | bytes
 * </pre>
 *
 * <p>A frame's record holds its {@code Shape}: the list of its fields, from which reading and writing both come. A new
 * frame is one record with its shape, one row of {@link dev.pychat.wire.FrameType} and one handler method.
 *
 * <p>No socket, no thread, no key and no knowledge of what an envelope or a bundle holds may ever come in here.
 */
@NullMarked
package dev.pychat.wire;

import org.jspecify.annotations.NullMarked;
