/** The interpreter itself, of which the package describes no types. */
declare module "pyodide/pyodide.asm.mjs" {
  import type { PyodideConfig } from "pyodide";

  const create: NonNullable<PyodideConfig["createPyodideModule"]>;
  export default create;
}
