// A look through a camera ends by itself, and says so when there is no picture.

/** Within [data-look], a number of seconds, the picture is shown; after them it is taken away. */
export function endLooks(): void {
  document.querySelectorAll<HTMLElement>("[data-look]").forEach((place) => {
    const dark = place.querySelector<HTMLElement>("[data-dark]");
    const over = place.querySelector<HTMLElement>("[data-over]");
    const image = place.querySelector("img");
    image?.addEventListener("error", () => dark && (dark.hidden = false));
    if (image?.complete && image.naturalWidth === 0 && dark) dark.hidden = false;
    window.setTimeout(() => {
      window.dispatchEvent(new Event("onedoor:over"));
      place.querySelector("[data-picture]")?.replaceChildren();
      if (over) over.hidden = false;
    }, Number(place.dataset.look) * 1000);
  });
}
