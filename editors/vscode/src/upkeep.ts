/** Keeps something up to date: a while after the last change, once at a time, and only while it is seen. */
export class Upkeep {
  private isStale = false;
  private isBusy = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly refresh: () => Promise<void>,
    private readonly isSeen: () => boolean,
    private readonly quietInMs: number,
  ) {}

  /** To be called at every change. */
  changed(): void {
    this.isStale = true;
    this.look();
  }

  /** To be called when it may have come into sight. */
  look(): void {
    clearTimeout(this.timer);
    if (this.isStale && this.isSeen()) {
      this.timer = setTimeout(() => void this.work(), this.quietInMs);
    }
  }

  /** Ends it; what is being done is not taken back. */
  stop(): void {
    clearTimeout(this.timer);
    this.isStale = false;
  }

  private async work(): Promise<void> {
    if (this.isBusy || !this.isSeen()) {
      return;
    }
    this.isStale = false;
    this.isBusy = true;
    await this.refresh();
    this.isBusy = false;
    this.look();
  }
}
