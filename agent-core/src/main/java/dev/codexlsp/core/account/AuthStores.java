package dev.codexlsp.core.account;

import dev.codexlsp.core.config.ConfigException;
import dev.codexlsp.core.config.ConfigLoader;
import java.nio.file.Path;

/// The places where a login can be kept, and which of them counts. May be used by any thread; reads
/// the configuration, so never the reader thread of a client.
interface AuthStores {

  /// The one that counts now. Whoever does several things to a login asks once.
  ///
  /// @throws AccountException when nobody can say: a secret is not put just anywhere
  AuthStore now() throws AccountException;

  /// As `cli_auth_credentials_store` says whenever somebody asks. There is no keyring here, so that
  /// what should be kept in one is kept nowhere longer than the process lives; [ConfigLoader] warns
  /// of it.
  static AuthStores configured(ConfigLoader configs, Path codexHome) {
    AuthStore file = new AuthFile(codexHome);
    AuthStore memory = new AuthMemory();
    return () -> {
      try {
        return switch (configs.load().storage().credentials()) {
          case FILE, AUTO -> file;
          case KEYRING, EPHEMERAL -> memory;
        };
      } catch (ConfigException broken) {
        throw AccountException.lasting(
            "nobody knows where sign-ins are kept: " + broken.getMessage());
      }
    };
  }
}
