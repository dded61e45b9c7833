// Two notes, made here: no sound file to fetch. Then the recorded words of a call, one after the other, where there are any.

let context: AudioContext | null = null;

function sound(): AudioContext | null {
  try {
    context ??= new AudioContext();
  } catch {
    // A screen without sound still shows the call.
  }
  return context;
}

export function chime(): void {
  const out = sound();
  if (!out) return;
  const start = out.currentTime;
  [659.25, 523.25].forEach((pitch, place) => {
    const at = start + place * 0.45;
    const tone = out.createOscillator();
    const loud = out.createGain();
    tone.frequency.value = pitch;
    loud.gain.setValueAtTime(0, at);
    loud.gain.linearRampToValueAtTime(0.35, at + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.001, at + 0.9);
    tone.connect(loud).connect(out.destination);
    tone.start(at);
    tone.stop(at + 1);
  });
}

/** Browsers keep silent until somebody touched the page once: `button` is shown while that is so, and wakes the sound. */
export function offerSound(button: HTMLElement | null): void {
  if (!button) return;
  const out = sound();
  const look = () => (button.hidden = out?.state === "running");
  const wake = () => void out?.resume().then(look, look);
  look();
  out?.addEventListener("statechange", look);
  ["pointerdown", "keydown"].forEach((name) => document.addEventListener(name, wake));
}

let queue: Promise<void> = Promise.resolve();

function play(address: string): Promise<void> {
  return new Promise((done) => {
    const clip = new Audio(address);
    const over = window.setTimeout(done, 6000);
    const end = () => {
      window.clearTimeout(over);
      done();
    };
    clip.addEventListener("ended", end);
    clip.addEventListener("error", end);
    clip.play().catch(end);
  });
}

/** Rings twice and says the words of each call in turn; calls that come meanwhile wait. */
export function announceCalls(calls: string[][]): void {
  for (const words of calls.slice(0, 4)) {
    queue = queue.then(async () => {
      chime();
      await new Promise((done) => window.setTimeout(done, 1600));
      chime();
      await new Promise((done) => window.setTimeout(done, 1400));
      for (const word of words) await play(word);
    });
  }
}
