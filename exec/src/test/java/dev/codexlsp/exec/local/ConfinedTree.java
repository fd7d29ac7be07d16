package dev.codexlsp.exec.local;

import dev.codexlsp.exec.FileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Files below roots: `work` may be written but for `work/.git`, `lib` may be read but for
/// `lib/cache`, and `outside` is out of bounds, whatever links lead there.
record ConfinedTree(Path folder, FileSystem files) {

  static ConfinedTree in(Path empty) throws Exception {
    Path folder = empty.toRealPath();
    FileRoots roots =
        new FileRoots(
            List.of(folder.resolve("lib"), folder.resolve("work/.git")),
            List.of(folder.resolve("work"), folder.resolve("lib/cache")));
    ConfinedTree tree = new ConfinedTree(folder, LocalFiles.within(roots));
    tree.fill();
    return tree;
  }

  private void fill() throws IOException {
    for (String directory : List.of("work/.git", "work/d", "lib/cache", "outside/d")) {
      Files.createDirectories(at(directory));
    }
    for (String file : List.of("work/f", "work/d/f", "work/.git/config", "lib/f", "outside/f")) {
      Files.writeString(at(file), file);
    }
    Files.writeString(at("outside/d/f"), "secret");
    link("work/toFile", "../outside/f");
    link("work/toDirectory", "../outside/d");
    link("work/toItself", "f");
    link("work/toNothing", "../outside/nothing");
    link("work/toRoot", "/");
  }

  private void link(String name, String target) throws IOException {
    Files.createSymbolicLink(at(name), Path.of(target));
  }

  Path at(String name) {
    return folder.resolve(name);
  }
}
