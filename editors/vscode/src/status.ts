/** A question that still needs its author. */
export interface OpenQuestion {
  readonly number: number | null;
  /** The line of its heading, from 0. */
  readonly line: number;
  /** What it lacks, in words. */
  readonly missing: readonly string[];
}

/** What the server sends as `reportls/status`; `total` is null for what is no report, or no longer. */
export interface Status {
  readonly uri: string;
  readonly passed: number | null;
  readonly total: number | null;
  readonly completed: boolean | null;
  readonly error: string | null;
  readonly unanswered: readonly OpenQuestion[];
  readonly failing: readonly OpenQuestion[];
  /** What is handed in now, in words; null if nobody can tell. */
  readonly handIn: string | null;
}

/** What the status bar shows, in one or two words. */
export function summary(status: Status): string {
  return status.completed ? `$(checklist) ${status.passed}/${status.total}` : "$(error) the check crashes";
}

/** What the tooltip says: a heading, a line for each open question, and what is handed in. */
export function details(status: Status): string[] {
  const heading = status.completed ? `${status.passed} of ${status.total} questions pass the check` : status.error;
  return [
    heading ?? "the check crashes",
    ...openQuestions(status).map((question) => `${name(question)}: ${lacks(question)}`),
    ...(status.handIn === null ? [] : [status.handIn]),
  ];
}

/** All that are open, in the order of the report. */
export function openQuestions({ unanswered, failing }: Status): OpenQuestion[] {
  const empty = unanswered.map((question) => ({ ...question, missing: ["not answered yet", ...question.missing] }));
  return [...empty, ...failing].sort((one, other) => one.line - other.line);
}

/** What a question is called. */
export function name(question: OpenQuestion): string {
  return question.number === null ? "before the first question" : `question ${question.number}`;
}

/** What a question lacks. */
export function lacks(question: OpenQuestion): string {
  return question.missing.join("; ");
}
