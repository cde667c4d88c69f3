import { join } from "node:path";
import { type Choices, findServer, type Machine, type Missing, type Server } from "./find-server.js";
import { NO_GIT } from "./host.js";

/** The setting `reportls.server.runtime`. */
export type Runtime = "auto" | "python" | "bundled";

const TO_BLAME = new Set(["no-python", "old-python"]);

/** The server to start: with a Python of the machine if there is one that will do, else with the extension's own. */
export async function serverFor(
  runtime: Runtime,
  machine: Machine,
  choices: Choices,
  extension: string,
): Promise<Server | Missing> {
  if (runtime === "bundled" && !choices.path) {
    return withOwnPython(extension);
  }
  const found = await findServer(machine, choices);
  const isPythonMissing = "why" in found && TO_BLAME.has(found.why);
  return isPythonMissing && runtime !== "python" ? withOwnPython(extension) : found;
}

/** The bundled server in the bundled Python, which runs in the Node.js of the editor. */
function withOwnPython(extension: string): Server {
  return {
    command: process.execPath,
    args: [join(extension, "python", "server.cjs"), join(extension, "bundled")],
    origin: "this extension, with a Python of its own",
    environment: { ELECTRON_RUN_AS_NODE: "1" },
    limit: NO_GIT,
    note: "checked with the extension's own Python, because this machine has no suitable one",
  };
}
