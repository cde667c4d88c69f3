/** Until the page has loaded, its links are not ours to follow: a new tab is what its frame is not allowed. */
const NO_LINKS = "<base target=_blank>";

/**
 * The page that graders see, beside the text. It runs nothing; it shares our origin so that its place can be kept and its links
 * are ours to follow: our policy would put an error in its place.
 */
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
    const text = (html ?? "").replace(/^(<!doctype html>)?/i, `$&${NO_LINKS}`);
    if (text === this.frame.srcdoc) {
      return;
    }
    const place = this.frame.contentWindow?.scrollY ?? 0;
    const loaded = () => {
      this.frame.contentWindow?.scrollTo(0, place);
      this.frame.contentDocument?.addEventListener("click", follow);
    };
    this.frame.addEventListener("load", loaded, { once: true });
    this.frame.srcdoc = text;
  }
}

/** Follows a link: in the page to its place, elsewhere in a new tab. */
function follow(event: MouseEvent): void {
  // An element of another window is none of this window's classes.
  const { ownerDocument } = event.target as Node;
  const link = (event.target as Element).closest("a, area");
  const address = link?.getAttribute("href") ?? "";
  if (!link) {
    return;
  }
  event.preventDefault();
  if (address.startsWith("#")) {
    ownerDocument?.getElementById(named(address))?.scrollIntoView();
  } else if (/^(https?|mailto):/i.test(address)) {
    window.open(address, "_blank", "noopener,noreferrer");
  }
}

/** The name of a place in the page; what is badly escaped is taken as it is, as browsers do. */
function named(address: string): string {
  try {
    return decodeURIComponent(address.slice(1));
  } catch {
    return address.slice(1);
  }
}
