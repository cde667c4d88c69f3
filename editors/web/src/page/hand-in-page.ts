/** The page that graders see, beside the text. It runs nothing; it shares our origin so that its place can be kept. */
export class HandInPage {
  private isWanted = false;
  private isAsked = false;

  constructor(
    private readonly frame: HTMLIFrameElement,
    private readonly fetch: () => Promise<string | undefined>,
  ) {}

  /** Notes that the page may be another now. */
  async changed(): Promise<void> {
    this.isWanted = true;
    if (this.isAsked || this.frame.closest("[hidden]")) {
      return;
    }
    this.isAsked = true;
    try {
      while (this.isWanted) {
        this.isWanted = false;
        this.show(await this.fetch());
      }
    } finally {
      this.isAsked = false;
    }
  }

  private show(html: string | undefined): void {
    const text = html ?? "";
    if (text === this.frame.srcdoc) {
      return;
    }
    const place = this.frame.contentWindow?.scrollY ?? 0;
    this.frame.addEventListener("load", () => this.frame.contentWindow?.scrollTo(0, place), { once: true });
    this.frame.srcdoc = text;
  }
}
