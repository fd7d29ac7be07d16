/// The model: what is asked, what streams back, and what kind of failure each failure is.
///
/// History is kept as [dev.codexlsp.core.model.ResponseItem]s, verbatim JSON, so that members
/// nobody here has heard of survive the round trip. Calls block; a turn's own virtual thread makes
/// them. An interrupt ends a call at once.
///
/// Never in here: threads and items as clients see them, tools, approvals.
@NullMarked
package dev.codexlsp.core.model;

import org.jspecify.annotations.NullMarked;
