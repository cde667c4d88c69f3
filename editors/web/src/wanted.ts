const REPORT = /\.(md|markdown|qmd|rmd)$/i;
const SETTINGS = /(^|\/)(report\.py|reportls\.toml|pyproject\.toml)$/i;
const PICTURE = /\.(png|jpe?g|gif|svg|webp|bmp|tiff?|pdf)$/i;
const SKIPPED = new Set(["node_modules", "site-packages", "venv", "env", "vendor", "__pycache__"]);
const DEEPEST = 6;

/** More than any report has; a whole disk that was dropped by mistake must not fill the memory. */
export const MOST_FILES = 5000;
const MOST_BYTES = 300_000_000;

/** The room that is left for copies of files. */
export class Room {
  private readonly sizes = new Map<string, number>();
  private bytes = 0;

  /** Whether there is room for a file of some size, new or in place of its former content. */
  fits(path: string, size: number): boolean {
    return this.bytesWith(path, size) <= MOST_BYTES && (this.sizes.size < MOST_FILES || this.sizes.has(path));
  }

  /** Counts a file if there is room for it, and tells whether there is. */
  takes(path: string, size: number): boolean {
    if (!this.fits(path, size)) {
      return false;
    }
    this.bytes = this.bytesWith(path, size);
    this.sizes.set(path, size);
    return true;
  }

  /** Gives back the bytes of a file, or of all files in a folder. */
  free(path: string): void {
    for (const [each, size] of this.sizes) {
      if (each === path || each.startsWith(`${path}/`)) {
        this.sizes.delete(each);
        this.bytes -= size;
      }
    }
  }

  private bytesWith(path: string, size: number): number {
    return this.bytes - (this.sizes.get(path) ?? 0) + size;
  }
}

/** Whether the findings of a report can depend on a file. */
export function isWanted(path: string): boolean {
  return isMarkdown(path) || SETTINGS.test(path) || isPicture(path);
}

/** Whether a file may be a report. */
export function isMarkdown(path: string): boolean {
  return REPORT.test(path);
}

/** Whether a file may be used as a figure. */
export function isPicture(path: string): boolean {
  return PICTURE.test(path);
}

/** Whether a folder may have such files; `depth` is the number of folders above it. */
export function isWantedFolder(name: string, depth: number): boolean {
  return depth < DEEPEST && !name.startsWith(".") && !SKIPPED.has(name);
}
