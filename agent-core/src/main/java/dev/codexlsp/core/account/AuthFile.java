package dev.codexlsp.core.account;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.codexlsp.exec.local.AdvisoryLock;
import dev.codexlsp.exec.local.AdvisoryLock.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `auth.json`. Whoever writes it holds `auth.lock` first and then `auth.json.lock`, as the
/// original does; a refresh holds the first of them from reading to writing, so a second program of
/// ours waits and finds the new tokens. The original reads without a lock, which a file that is
/// replaced in one piece allows.
///
/// Holds no state; may be used by any thread.
final class AuthFile implements AuthStore {
  private static final int MAX_BYTES = 1 << 20;

  /// Longer than a refresh may take.
  private static final Duration REFRESH_WAIT = Duration.ofSeconds(60);

  private static final Duration WRITE_WAIT = Duration.ofSeconds(5);
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path folder;
  private final Path file;

  AuthFile(Path codexHome) {
    this.folder = codexHome;
    this.file = codexHome.resolve("auth.json");
  }

  @Override
  public @Nullable AuthRecord read() throws AccountException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw unusable("is larger than " + MAX_BYTES + " bytes");
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      if (JsonParser.parseString(text) instanceof JsonObject json) {
        return new AuthRecord(json);
      }
      throw unusable("is not a JSON object");
    } catch (NoSuchFileException _) {
      return null;
    } catch (IOException e) {
      throw unusable("cannot be read: " + e);
    } catch (JsonParseException _) {
      // The parser's message could quote a secret.
      throw unusable("is not JSON");
    }
  }

  @Override
  public void write(@Nullable AuthRecord login) throws AccountException, InterruptedException {
    try {
      Files.createDirectories(folder, OWNER_ONLY_FOLDER);
      try (AdvisoryLock _ =
          AdvisoryLock.acquire(folder.resolve("auth.json.lock"), Mode.EXCLUSIVE, WRITE_WAIT)) {
        if (login == null) {
          Files.deleteIfExists(file);
        } else {
          replace(login);
        }
      }
    } catch (IOException e) {
      throw unusable("cannot be written: " + e);
    }
  }

  private void replace(AuthRecord login) throws IOException {
    String text =
        new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create()
            .toJson(login.json());
    Path fresh = Files.createTempFile(folder, ".auth-", "", OWNER_ONLY);
    try {
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  @Override
  public Exclusion exclude() throws AccountException, InterruptedException {
    try {
      Files.createDirectories(folder, OWNER_ONLY_FOLDER);
      AdvisoryLock lock =
          AdvisoryLock.acquire(folder.resolve("auth.lock"), Mode.EXCLUSIVE, REFRESH_WAIT);
      return lock::close;
    } catch (IOException e) {
      throw unusable("cannot be locked: " + e.getMessage());
    }
  }

  private AccountException unusable(String problem) {
    return AccountException.lasting(file + " " + problem);
  }
}
