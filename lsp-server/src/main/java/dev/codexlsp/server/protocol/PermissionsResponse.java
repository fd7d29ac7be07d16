package dev.codexlsp.server.protocol;

import dev.codexlsp.core.approval.PermissionGrant;
import dev.codexlsp.core.approval.PermissionsRequest.Scope;
import org.jspecify.annotations.Nullable;

/// The answer of a human to `item/permissions/requestApproval`.
///
/// @param permissions perhaps less than was asked for
/// @param scope the turn unless given
public record PermissionsResponse(PermissionGrant permissions, @Nullable Scope scope) {}
