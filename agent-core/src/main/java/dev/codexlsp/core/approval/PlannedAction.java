package dev.codexlsp.core.approval;

import dev.codexlsp.core.thread.RawJson;
import dev.codexlsp.core.thread.ReviewedAction;

/// What an approval is about, for a reviewer that is no human.
///
/// @param shown as clients are told of it
/// @param detail all there is to know of it, for the reviewer
public record PlannedAction(ReviewedAction shown, RawJson detail) {}
