import Hls from "hls.js/dist/hls.light.mjs";

const AGAIN = 5_000;

/** A browser that knows the format plays it by itself; for others the pieces are put together here. Who looks says when it stands still. */
document.querySelectorAll<HTMLVideoElement>("video[data-hls]").forEach((video) => {
  const address = video.dataset.hls ?? "";
  if (Hls.isSupported()) {
    const player = new Hls({ enableWorker: false });
    let over = false;
    player.on(Hls.Events.ERROR, (_name, fault) => {
      if (fault.fatal) window.setTimeout(() => over || player.loadSource(address), AGAIN);
    });
    player.loadSource(address);
    player.attachMedia(video);
    window.addEventListener("onedoor:over", () => {
      over = true;
      player.destroy();
    });
  } else {
    video.src = address;
  }
  void video.play().catch(() => undefined);
});
