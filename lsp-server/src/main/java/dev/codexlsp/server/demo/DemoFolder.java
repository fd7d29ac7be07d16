package dev.codexlsp.server.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A temporary folder that only its owner can read, with a `CODEX_HOME` and a workspace in it, so
/// that nothing of the user's is read or written. Closing removes it; any thread may close, and
/// more than once.
public final class DemoFolder implements AutoCloseable {
  private final Path root;

  private DemoFolder(Path root) {
    this.root = root;
  }

  /// Makes the folder, with a configuration that names the scripted model as its only provider.
  public static DemoFolder create(ScriptedModel model) throws IOException {
    // The real path, because the shell of a command reports that one too.
    DemoFolder folder = new DemoFolder(Files.createTempDirectory("codex-lsp-demo").toRealPath());
    Files.createDirectory(folder.home());
    Files.createDirectory(folder.workspace());
    Files.writeString(
        folder.workspace().resolve("notes.txt"), "buy milk\nwater the plants\ncall Ada\n");
    Files.writeString(
        folder.home().resolve("config.toml"),
        """
        model = "%s"
        model_provider = "scripted"
        approval_policy = "untrusted"
        sandbox_mode = "danger-full-access"

        [model_providers.scripted]
        name = "Scripted model of the demo"
        base_url = "%s"
        wire_api = "responses"
        request_max_retries = 0
        stream_max_retries = 0
        """
            .formatted(ScriptedModel.NAME, model.baseUrl()),
        StandardCharsets.UTF_8);
    return folder;
  }

  public Path home() {
    return root.resolve("codex-home");
  }

  public Path workspace() {
    return root.resolve("workspace");
  }

  @Override
  public void close() throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
