import dev.codexlsp.core.patch.ParseResult;
import dev.codexlsp.core.patch.PatchParser;
import dev.codexlsp.core.patch.PatchPlanner;
import dev.codexlsp.core.patch.PlanResult;
import dev.codexlsp.core.patch.SourceFile;
import java.nio.file.Path;
import java.util.Arrays;

/// Holds patches of growing size against files of growing size, to see that the time grows no
/// faster than they do.
///
///     java -cp lsp-server/target/codex-lsp.jar bench/patch/PatchBench.java
class PatchBench {
  private static final int ROUNDS = 7;

  public static void main(String[] args) throws Exception {
    System.out.println("| lines | hunks | parse and plan | µs per line |");
    System.out.println("|---|---|---|---|");
    for (int hunks : new int[] {1, 100, 1_000}) {
      for (int lines : new int[] {10_000, 100_000, 1_000_000}) {
        double ms = median(lines, hunks);
        System.out.printf("| %,d | %,d | %.1f ms | %.3f |%n", lines, hunks, ms, ms * 1_000 / lines);
      }
    }
  }

  private static double median(int lines, int hunks) throws Exception {
    String file = file(lines);
    String patch = patch(lines, hunks);
    double[] took = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long begun = System.nanoTime();
      ParseResult.Parsed parsed = (ParseResult.Parsed) PatchParser.parse(patch);
      PlanResult result =
          PatchPlanner.plan(parsed.patch(), Path.of("/w"), _ -> new SourceFile.Text(file));
      took[round] = (System.nanoTime() - begun) / 1e6;
      if (!(result instanceof PlanResult.Planned)) {
        throw new IllegalStateException(result.toString());
      }
    }
    Arrays.sort(took);
    return took[ROUNDS / 2];
  }

  private static String file(int lines) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append("  call(").append(i % 97).append("); // line ").append(i).append('\n');
    }
    return text.toString();
  }

  private static String patch(int lines, int hunks) {
    StringBuilder text = new StringBuilder("*** Begin Patch\n*** Update File: a\n");
    for (int hunk = 0; hunk < hunks; hunk++) {
      int at = (int) ((long) lines * hunk / hunks) + 1;
      text.append("@@\n").append(line(' ', at - 1)).append(line('-', at)).append("+  new();\n");
      text.append(line(' ', at + 1));
    }
    return text.append("*** End Patch\n").toString();
  }

  private static String line(char sign, int at) {
    return sign + "  call(" + at % 97 + "); // line " + at + "\n";
  }
}
