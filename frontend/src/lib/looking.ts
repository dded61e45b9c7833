// A look through a camera ends by itself, and says so when there is no picture or when it stands still.

const ASKED_EVERY = 5_000;
const PATIENCE = 4_000;
/** A film that has not gone on for so long stands still. */
const STILL = 8_000;

/** A row of single pictures that breaks off says nothing: the camera is asked whether it is there, and its picture taken anew. */
function askPicture(first: HTMLImageElement, say: (dark: boolean) => void): number {
  let shown = first;
  first.addEventListener("error", () => say(true));
  if (first.complete && first.naturalWidth === 0) say(true);
  return window.setInterval(() => {
    const told = { mode: "no-cors", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) } as const;
    fetch(first.src, told).then(
      (answer) => {
        void answer.body?.cancel();
        const fresh = shown.cloneNode() as HTMLImageElement;
        fresh.addEventListener("error", () => say(true));
        fresh.addEventListener("load", () => {
          shown.replaceWith(fresh);
          shown = fresh;
          say(false);
        });
      },
      () => say(true),
    );
  }, ASKED_EVERY);
}

function watchFilm(film: HTMLVideoElement, say: (dark: boolean) => void): number {
  let moved = Date.now();
  film.addEventListener("timeupdate", () => {
    moved = Date.now();
    say(false);
  });
  return window.setInterval(() => (!film.paused || film.ended) && Date.now() - moved > STILL && say(true), 1_000);
}

/** Within [data-look], a number of seconds, the picture is shown; after them it is taken away. */
export function endLooks(): void {
  document.querySelectorAll<HTMLElement>("[data-look]").forEach((place) => {
    const dark = place.querySelector<HTMLElement>("[data-dark]");
    const over = place.querySelector<HTMLElement>("[data-over]");
    const say = (none: boolean): void => void (dark && (dark.hidden = !none));
    const image = place.querySelector("img");
    const film = place.querySelector("video");
    const asking = image ? askPicture(image, say) : film ? watchFilm(film, say) : 0;
    window.setTimeout(() => {
      window.clearInterval(asking);
      window.dispatchEvent(new Event("onedoor:over"));
      place.querySelector("[data-picture]")?.replaceChildren();
      say(false);
      if (over) over.hidden = false;
    }, Number(place.dataset.look) * 1000);
  });
}
