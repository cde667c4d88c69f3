// What the server in the package announces.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** Whether the server that `sample` has unpacked below `scratch` makes pages. */
export async function makesPages(scratch) {
  const start = join(scratch, "unpacked", "extension", "start.py");
  const server = spawn("python3", ["-I", "-S", start, "serve"], { stdio: ["pipe", "pipe", "inherit"] });
  const params = { processId: null, rootUri: null, capabilities: {} };
  const content = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params });
  server.stdin.end(`Content-Length: ${content.length}\r\n\r\n${content}`);
  const parts = [];
  server.stdout.on("data", (part) => parts.push(part));
  await once(server, "close");
  const answer = Buffer.concat(parts).toString();
  const { result } = JSON.parse(answer.slice(answer.indexOf("{")));
  return result.capabilities.experimental?.reportls?.page === true;
}
