// A copy of the sample report, written by the server that is in the package.
import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Writes the sample below `scratch`; its folder. */
export function sample(vsix, scratch) {
  const [unpacked, workspace] = [join(scratch, "unpacked"), join(scratch, "workspace")];
  execFileSync("python3", ["-m", "zipfile", "-e", vsix, unpacked]);
  const start = join(unpacked, "extension", "start.py");
  execFileSync("python3", ["-I", "-S", start, "demo", workspace], { stdio: "pipe" });
  return workspace;
}
