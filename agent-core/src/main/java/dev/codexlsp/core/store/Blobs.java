package dev.codexlsp.core.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Pictures of users, each stored once under the hash of its bytes: `blobs` below `CODEX_HOME`. Any
/// thread may use it; two that store the same picture store the same file.
record Blobs(Path codexHome) {
  private static final System.Logger LOG = System.getLogger(Blobs.class.getName());

  private static final String BASE64 = ";base64,";

  private static final Map<String, String> ENDINGS =
      Map.of(
          "data:image/png", "png",
          "data:image/jpeg", "jpg",
          "data:image/gif", "gif",
          "data:image/webp", "webp");

  /// The file with the picture; null when it is none that we know or when it cannot be stored.
  @Nullable Path keep(String dataUrl) {
    int start = dataUrl.indexOf(BASE64);
    String ending = start < 0 ? null : ENDINGS.get(dataUrl.substring(0, start));
    if (ending == null) {
      return null;
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(dataUrl.substring(start + BASE64.length()));
      Path file = codexHome.resolve("blobs").resolve(hash(bytes) + "." + ending);
      if (!Files.exists(file)) {
        write(file, bytes);
      }
      return file;
    } catch (IllegalArgumentException notBase64) {
      return null;
    } catch (IOException | StoreException unwritable) {
      LOG.log(System.Logger.Level.WARNING, "a picture is not stored by itself", unwritable);
      return null;
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Path folder = file.resolveSibling("");
    PrivateFolders.create(folder);
    Path part = Files.createTempFile(folder, "part-", null);
    try {
      Files.write(part, bytes);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException other) {
      // Somebody else has stored the same bytes.
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}
