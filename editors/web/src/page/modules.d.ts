/** The bundled code of `worker.ts`. */
declare module "worker-source" {
  const text: string;
  export default text;
}

/** A sample report with its figures, put together by `build.mjs`: base64 by paths. */
declare module "sample" {
  const files: Record<string, string>;
  export default files;
}

/** The licences of all that the page contains. */
declare module "licences" {
  const text: string;
  export default text;
}

interface FileSystemDirectoryHandle {
  values(): AsyncIterableIterator<FileSystemDirectoryHandle | FileSystemFileHandle>;
  queryPermission?(options: { mode: "read" }): Promise<PermissionState>;
  requestPermission?(options: { mode: "readwrite" }): Promise<PermissionState>;
}

interface DataTransferItem {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

interface Window {
  showDirectoryPicker?(options?: { mode?: "read" | "readwrite" }): Promise<FileSystemDirectoryHandle>;
}
