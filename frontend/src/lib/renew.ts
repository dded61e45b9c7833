// data-renew="20": the page is fetched again after so many seconds, while somebody looks at it.

export function renewPage(): void {
  const seconds = Number(document.querySelector<HTMLElement>("[data-renew]")?.dataset.renew);
  if (!seconds) return;
  window.setInterval(() => {
    if (document.visibilityState === "visible") window.location.reload();
  }, seconds * 1000);
}
