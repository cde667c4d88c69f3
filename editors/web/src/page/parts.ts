import { PYTHON_PARTS, type PythonParts, type Start } from "../messages.js";

/** What the server is made of, as it comes with this page. */
export async function serverParts(): Promise<Start> {
  const python = Promise.all(PYTHON_PARTS.map(async (name) => [name, await part(name)] as const));
  const modules = part("server.pack");
  return { python: Object.fromEntries(await python) as PythonParts, modules: await modules };
}

/** A part: from this very file if it is the self-contained one, else from the folder that the page is in. */
async function part(name: string): Promise<ArrayBuffer> {
  const inside = document.getElementById(name)?.textContent;
  if (inside) {
    return Uint8Array.from(atob(inside), (sign) => sign.charCodeAt(0)).buffer;
  }
  const response = await fetch(`server/${name}.gz`);
  if (!response.ok) {
    throw new Error(`server/${name}.gz: ${response.status} ${response.statusText}`);
  }
  return response.arrayBuffer();
}
