/** The states of a question, and of a place to answer in a template, in the words of the server. */
export type State =
  | "passed"
  | "failed"
  | "unanswered"
  | "not judged"
  | "answered"
  | "within limits"
  | "outside limits"
  | "missing";

/** The fewest and the most; null where there is no such end. */
type Limit = readonly [number | null, number | null];

/** The number of one kind in an answer. */
export interface Amount {
  readonly kind: string;
  readonly found: number;
  readonly limit: Limit | null;
  readonly missed: boolean;
}

/** One question, as the server answers to `reportls/questions`. */
export interface Question {
  /** "Question 11", or whatever the course calls it. */
  readonly name: string;
  /** Its number; of a place in a template, its position. */
  readonly number: number | null;
  /** The start of its text. */
  readonly topic: string;
  /** The line of its heading, from 0. */
  readonly line: number;
  /** The line after its last one. */
  readonly end: number;
  readonly state: State;
  /** Whether a template lets it stay empty. */
  readonly optional: boolean;
  /** The question whose limits count, if that is another one. */
  readonly judgedAs: number | null;
  /** The limited amounts in words. */
  readonly count: string;
  readonly amounts: readonly Amount[];
  readonly figures: readonly string[];
  /** What is missing, in words. */
  readonly missing: readonly string[];
}

/** The states in the order of lists: work that is left comes first. */
export const STATES: readonly State[] = [
  "failed",
  "outside limits",
  "missing",
  "unanswered",
  "not judged",
  "answered",
  "within limits",
  "passed",
];

/** The icon of each state, and the colour of the theme that goes with it. */
export const ICONS: Record<State, readonly [icon: string, colour: string]> = {
  passed: ["pass", "testing.iconPassed"],
  failed: ["error", "testing.iconFailed"],
  unanswered: ["circle-large-outline", "testing.iconQueued"],
  "not judged": ["circle-slash", "testing.iconSkipped"],
  answered: ["pass", "testing.iconSkipped"],
  "within limits": ["pass", "testing.iconPassed"],
  "outside limits": ["error", "testing.iconFailed"],
  missing: ["circle-large-outline", "testing.iconFailed"],
};

/** What a list calls the states. */
export const HEADINGS: Record<State, string> = {
  passed: "Passed",
  failed: "Failed",
  unanswered: "Unanswered",
  "not judged": "Not judged",
  answered: "Answered",
  "within limits": "Within limits",
  "outside limits": "Outside limits",
  missing: "Missing",
};

/** States that leave something to do. */
const LEFT: ReadonlySet<State> = new Set(["failed", "outside limits", "missing", "unanswered"]);

/** Whether a limit is missed. */
export function isMissed({ state }: Question): boolean {
  return state === "failed" || state === "outside limits";
}

/** The question on a line. */
export function questionAt(questions: readonly Question[], line: number): Question | undefined {
  return questions.find((question) => question.line <= line && line < question.end);
}

function isEmpty({ state }: Question): boolean {
  return state === "unanswered" || state === "missing";
}

/** Whether a question has no answer, and needs none. */
export function mayStayEmpty(question: Question): boolean {
  return question.optional && isEmpty(question);
}

/** How many questions are unanswered, or answered and miss their limits; those that may stay empty do not count. */
export function left(questions: readonly Question[]): number {
  return questions.filter((question) => LEFT.has(question.state) && !mayStayEmpty(question)).length;
}

/** The icon of a question and its colour, which is no warning where it may stay empty. */
export function iconOf(question: Question): readonly [icon: string, colour: string] {
  const [icon, colour] = ICONS[question.state];
  return [icon, mayStayEmpty(question) ? "testing.iconSkipped" : colour];
}

/** A question's name in as few letters as can be: the number of `Question 11` behind `sign`, or the name of a place. */
export function shortName({ name, number }: Question, sign = ""): string {
  return name === `Question ${number}` ? `${sign}${number}` : name;
}

/** A question's short name and its counts, which a narrow list still shows. */
export function label(question: Question): string {
  const count = isEmpty(question) ? "" : shortCount(question);
  return [shortName(question), count].filter(Boolean).join("  ");
}

/** The counts against the limits, as short as can be: `179/200–300 1/1–3 images`. */
export function shortCount({ amounts }: Question): string {
  const limited = amounts.flatMap(({ kind, found, limit }) => (limit ? [{ kind, found, limit }] : []));
  return limited
    .map(({ kind, found, limit }) => `${found}/${range(limit)}${kind === "words" ? "" : ` ${unit(kind, limit)}`}`)
    .join("  ");
}

/** What a list says beside the label: what is asked, what an empty answer needs, figures, and whose limits count. */
export function description(question: Question): string {
  const { judgedAs, figures, amounts, topic } = question;
  const isCounted = amounts.some(({ kind, limit }) => kind === "images" && limit);
  const shown = figures.length === 1 ? "1 figure" : `${figures.length} figures`;
  return [
    judgedAs === null ? "" : `judged as question ${judgedAs}`,
    mayStayEmpty(question) && !/optional/i.test(question.name) ? "optional" : "",
    isEmpty(question) ? wanted(question) : "",
    topic,
    figures.length && !isCounted ? shown : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

function wanted({ amounts }: Question): string {
  const limits = amounts.flatMap(({ kind, limit }) => (limit ? [`${range(limit)} ${unit(kind, limit)}`] : []));
  return limits.join(" · ");
}

/** The name of a kind as it stands after a limit: `1 image`, `1–3 images`. */
function unit(kind: string, [, high]: Limit): string {
  return high === 1 ? kind.replace(/s$/, "") : kind;
}

function range([low, high]: Limit): string {
  if (high === null) {
    return `${low ?? 0}+`;
  }
  if (low === null) {
    return `≤${high}`;
  }
  return low === high ? `${low}` : `${low}–${high}`;
}
