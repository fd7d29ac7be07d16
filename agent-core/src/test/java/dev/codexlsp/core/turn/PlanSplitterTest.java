package dev.codexlsp.core.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codexlsp.core.turn.PlanSplitter.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlanSplitterTest {
  private static final String MESSAGE =
      "Here <it> is:\n<proposed_plan>\n# Plan </p>\n</proposed_plan>\nShall I? <proposed";

  private static String joined(List<Piece> pieces, boolean isPlan) {
    return pieces.stream()
        .filter(piece -> piece.isPlan() == isPlan)
        .map(Piece::text)
        .collect(Collectors.joining());
  }

  @Test
  void aPlanIsToldFromTheWordsWhereverTheMessageIsCut() {
    for (int size = 1; size <= MESSAGE.length(); size++) {
      PlanSplitter splitter = new PlanSplitter();
      List<Piece> pieces = new ArrayList<>();
      for (int at = 0; at < MESSAGE.length(); at += size) {
        pieces.addAll(splitter.feed(MESSAGE.substring(at, Math.min(MESSAGE.length(), at + size))));
      }
      pieces.addAll(splitter.end());
      assertThat(joined(pieces, true)).isEqualTo("# Plan </p>\n");
      assertThat(joined(pieces, false)).isEqualTo("Here <it> is:\nShall I? <proposed");
    }
  }

  @Test
  void aPlanThatIsCutOffIsAPlanAsFarAsItGot() {
    assertThat(PlanSplitter.split("<proposed_plan>\n# Pl"))
        .containsExactly(new Piece(true, "# Pl"));
  }
}
