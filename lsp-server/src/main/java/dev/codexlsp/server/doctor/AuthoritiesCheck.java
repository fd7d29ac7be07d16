package dev.codexlsp.server.doctor;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The certificate authorities that the environment adds to those of the JDK.
public final class AuthoritiesCheck implements Check {
  private static final List<String> VARIABLES =
      List.of("CODEX_CA_CERTIFICATE", "SSL_CERT_FILE", "SSL_CERT_DIR");

  private final Map<String, String> variables;

  public AuthoritiesCheck(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    for (String variable : VARIABLES) {
      String value = variables.getOrDefault(variable, "").strip();
      if (!value.isEmpty()) {
        findings.add(
            isReadable(value)
                ? Finding.good("authorities", "those in " + value + " count too, by " + variable)
                : Finding.bad(
                    "authorities",
                    variable + " names " + value + ", which cannot be read",
                    "Let it name a file of PEM certificates, or unset it; until then no server is"
                        + " trusted."));
      }
    }
    return findings;
  }

  private static boolean isReadable(String path) {
    try {
      return Files.isReadable(Path.of(path));
    } catch (InvalidPathException _) {
      return false;
    }
  }
}
