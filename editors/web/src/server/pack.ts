/** Files by their paths, as {@link unpacked} reads them. */
export type Files = ReadonlyMap<string, Uint8Array>;

/**
 * The files in a pack: a line of JSON, an object from path to length in bytes, and then the content of each in that
 * order. `packed` in `build.mjs` writes it. It is all that Python's own archives are, without what it costs to read them.
 */
export function unpacked(pack: Uint8Array): Files {
  const start = pack.indexOf(0x0a) + 1;
  const lengths: Record<string, number> = JSON.parse(new TextDecoder().decode(pack.subarray(0, start)));
  const files = new Map<string, Uint8Array>();
  let place = start;
  for (const [path, length] of Object.entries(lengths)) {
    files.set(path, pack.subarray(place, place + length));
    place += length;
  }
  return files;
}
