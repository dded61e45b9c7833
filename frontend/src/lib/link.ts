// The link may be lost: a page is left, and a form sent, only when the server answers. Until then it is asked again, after pauses
// that grow and are of chance length, so that many screens do not come back in the same instant. Nobody has to load a page anew.

const FIRST = 1_000;
const LONGEST = 15_000;
const PATIENCE = 5_000;

/** A pause of half to one and a half times this length. */
export function jittered(pause: number): number {
  return pause * (0.5 + Math.random());
}

async function answers(): Promise<boolean> {
  try {
    const answer = await fetch("/health", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok;
  } catch {
    return false;
  }
}

let waiting: Promise<void> | null = null;

async function until(): Promise<void> {
  let pause = FIRST;
  let told: HTMLElement | null = null;
  while (!(await answers())) {
    if (!told && document.body.dataset.lostText) {
      told = document.createElement("div");
      told.className = "notice warn idle-warning";
      told.setAttribute("role", "alert");
      told.textContent = document.body.dataset.lostText;
      document.body.append(told);
    }
    await new Promise((done) => window.setTimeout(done, jittered(pause)));
    pause = Math.min(pause * 2, LONGEST);
  }
  told?.remove();
}

/** Runs as soon as the server answers; what was asked for meanwhile does not pile up. */
export async function whenThere(act: () => void): Promise<void> {
  if (waiting) return;
  document.documentElement.dataset.leaving = ""; // until the next page is there
  waiting = until();
  await waiting;
  waiting = null;
  act();
}

/** Links and forms of this page wait for the server. */
export function holdWithoutLink(): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest?.<HTMLAnchorElement>("a[href]");
    if (!link || event.defaultPrevented || link.target || link.origin !== window.location.origin) return;
    event.preventDefault();
    void whenThere(() => window.location.assign(link.href));
  });
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target as HTMLFormElement;
      if (form.dataset.there) {
        delete form.dataset.there;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      const by = (event as SubmitEvent).submitter;
      void whenThere(() => {
        form.dataset.there = "1";
        form.requestSubmit(by);
      });
    },
    true,
  );
}
