import Hls from "hls.js/dist/hls.light.mjs";

/** A browser that knows the format plays it by itself; for others the pieces are put together here. */
document.querySelectorAll<HTMLVideoElement>("video[data-hls]").forEach((video) => {
  const address = video.dataset.hls ?? "";
  const dark = document.querySelector<HTMLElement>("[data-dark]");
  const say = (): void => void (dark && (dark.hidden = false));
  if (Hls.isSupported()) {
    const player = new Hls({ enableWorker: false });
    player.on(Hls.Events.ERROR, (_name, fault) => fault.fatal && say());
    player.loadSource(address);
    player.attachMedia(video);
    window.addEventListener("onedoor:over", () => player.destroy());
  } else {
    video.addEventListener("error", say);
    video.src = address;
  }
  void video.play().catch(() => undefined);
});
