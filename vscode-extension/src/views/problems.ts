// The findings of the last review, in the editor's list of problems and beside the code.
import * as vscode from 'vscode';
import { findingsOf, type Finding, type Severity } from '../findings';
import { Method, type CodexNotification, type ThreadItem } from '../protocol';

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

export class ProblemsView implements vscode.Disposable {
  readonly #diagnostics = vscode.languages.createDiagnosticCollection('codex');
  #folder = '';

  /** Hears of one thread only: a review of another one would take the findings of this away. */
  notified(notification: CodexNotification): void {
    if (notification.method === Method.threadStarted) {
      this.#folder = notification.params.thread.cwd;
    } else if (notification.method === Method.itemStarted) {
      if (notification.params.item.type === 'enteredReviewMode') this.clear();
    } else if (notification.method === Method.itemCompleted) {
      this.#completed(notification.params.item);
    }
  }

  /** The user has seen them; the editor does not move them along when the text changes. */
  clear(): void {
    this.#diagnostics.clear();
  }

  dispose(): void {
    this.#diagnostics.dispose();
  }

  #completed(item: ThreadItem): void {
    const findings = findingsOf(item, this.#folder);
    if (findings === null || findings.length === 0) return;
    for (const path of new Set(findings.map((finding) => finding.path))) {
      const ofFile = findings.filter((finding) => finding.path === path);
      this.#diagnostics.set(vscode.Uri.file(path), ofFile.map(diagnostic));
    }
    const things = findings.length === 1 ? 'one thing' : `${findings.length} things`;
    const show = 'Show Problems';
    void vscode.window
      .showInformationMessage(`Codex: the review has found ${things}.`, show)
      .then((chosen) => {
        if (chosen === show) void vscode.commands.executeCommand('workbench.actions.view.problems');
      });
  }
}

function diagnostic(finding: Finding): vscode.Diagnostic {
  // To the end of the last line, which the editor finds itself.
  const range = new vscode.Range(finding.firstLine, 0, finding.lastLine, Number.MAX_SAFE_INTEGER);
  const shown = new vscode.Diagnostic(range, finding.message, SEVERITIES[finding.severity]);
  shown.source = 'Codex review';
  return shown;
}
