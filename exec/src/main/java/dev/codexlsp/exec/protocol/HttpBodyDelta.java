package dev.codexlsp.exec.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A piece of the body of an HTTP response.
///
/// @param seq from 1
/// @param done whether it is the last one
/// @param error why the body ends early
public record HttpBodyDelta(
    String requestId, long seq, ByteBuffer deltaBase64, boolean done, @Nullable String error) {}
