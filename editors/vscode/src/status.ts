import { ICONS, isMissed, type Question, shortCount, shortName } from "./questions.js";
import type { ServerState } from "./server-state.js";

/** A question that still needs its author. */
export interface UnfinishedQuestion {
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
  readonly unanswered: readonly UnfinishedQuestion[];
  readonly failing: readonly UnfinishedQuestion[];
  /** What is handed in now, in words; null if nobody can tell. */
  readonly handIn: string | null;
  /** The line of what makes the check crash. */
  readonly cause?: number | null;
  /** The template, if the report is judged by one: then nothing passes or fails. */
  readonly form?: string;
  /** How many places of the template have an answer. */
  readonly answered?: number | null;
}

/** All that the status bar shows of a report. */
export interface Standing {
  readonly status: Status;
  /** The question at the cursor. */
  readonly question: Question | undefined;
  /** How many warnings and errors are listed. */
  readonly problems: number;
}

/** What the status bar shows: its text, its colour, and the command of a click. */
export interface Item {
  readonly text: string;
  readonly colour: "error" | "warning" | undefined;
  readonly command: string;
  /** A heading, and lines below it. */
  readonly tooltip: readonly string[];
}

/** The item for a report; `standing` is undefined as long as the server has said nothing of it. */
export function itemOf(state: ServerState, standing: Standing | undefined): Item | undefined {
  if (state.kind !== "running") {
    return withoutServer(state);
  }
  if (!standing) {
    return undefined;
  }
  return standing.status.completed ? verdict(standing) : crash(standing.status);
}

function withoutServer(state: Exclude<ServerState, { kind: "running" }>): Item | undefined {
  switch (state.kind) {
    case "starting":
      return {
        text: "$(loading~spin) reportls",
        colour: undefined,
        command: "reportls.showLog",
        tooltip: ["The server is starting"],
      };
    case "stopped":
      return {
        text: "$(debug-disconnect) reportls: server stopped",
        colour: "error",
        command: "reportls.restart",
        tooltip: ["The server has stopped, so nothing is checked", "Click to restart it"],
      };
    case "missing":
      return {
        text: `$(warning) reportls: ${state.trouble.short}`,
        colour: "warning",
        command: "reportls.solve",
        tooltip: [state.trouble.message, "Click to see what you can do"],
      };
    default:
      return undefined;
  }
}

function crash({ error, cause, handIn }: Status): Item {
  return {
    text: "$(error) Check crashes",
    colour: "error",
    command: "reportls.solve",
    tooltip: [
      `The check crashes: ${error ?? "for an unknown reason"}`,
      "No answer is judged until this is fixed",
      ...(cause === null || cause === undefined ? [] : [`Click to go to the cause on line ${cause + 1}`]),
      ...(handIn === null ? [] : [handIn]),
    ],
  };
}

function verdict({ status, question, problems }: Standing): Item {
  const parts = [status.form ? `${status.answered}/${status.total} answered` : `${status.passed}/${status.total}`];
  if (question) {
    parts.unshift(`$(${ICONS[question.state][0]}) ${nameOf(question)}`);
  } else {
    parts[0] = `$(checklist) ${parts[0]}`;
  }
  if (problems) {
    parts.push(`$(warning) ${problems}`);
  }
  return {
    text: parts.join(" · "),
    colour: question && isMissed(question) ? "warning" : undefined,
    command: "reportls.showQuestions",
    tooltip: [...about(question), ...details(status, problems), "Click for all questions"],
  };
}

/** A question in as few letters as can be, with its counts: `Q11  179/200–300`. */
function nameOf(question: Question): string {
  const short = shortName(question, "Q");
  const count = question.state === "unanswered" ? "unanswered" : shortCount(question);
  return count ? `${short}  ${count}` : short;
}

function about(question: Question | undefined): string[] {
  if (!question) {
    return [];
  }
  const { name, state, missing } = question;
  return [[`${name}: ${state}`, ...missing].join(", ")];
}

function details(status: Status, problems: number): string[] {
  const counts = [
    status.form
      ? `${status.answered} of ${status.total} answered, by the template ${status.form}`
      : `${status.passed} of ${status.total} questions pass the check`,
    status.failing.length ? `${status.failing.length} ${status.form ? "outside limits" : "failed"}` : "",
    status.unanswered.length ? `${status.unanswered.length} unanswered` : "",
    problems ? `${problems} ${problems === 1 ? "warning or error is" : "warnings and errors are"} left` : "",
    status.handIn ?? "",
  ];
  return counts.filter(Boolean);
}
