import type { Missing, Trouble } from "./find-server.js";

/** Whether there is a server: none is wanted yet, one starts, runs, has ended by itself, or is not to be had. */
export type ServerState =
  | { readonly kind: "off" | "starting" | "running" | "stopped" }
  | { readonly kind: "missing"; readonly missing: Missing; readonly trouble: Trouble };
