// Two notes, made here: no sound file to fetch.

let context: AudioContext | null = null;

export function chime(): void {
  try {
    context ??= new AudioContext();
    const start = context.currentTime;
    [659.25, 523.25].forEach((pitch, place) => {
      const at = start + place * 0.45;
      const tone = context!.createOscillator();
      const loud = context!.createGain();
      tone.frequency.value = pitch;
      loud.gain.setValueAtTime(0, at);
      loud.gain.linearRampToValueAtTime(0.35, at + 0.02);
      loud.gain.exponentialRampToValueAtTime(0.001, at + 0.9);
      tone.connect(loud).connect(context!.destination);
      tone.start(at);
      tone.stop(at + 1);
    });
  } catch {
    // A screen without sound still shows the call.
  }
}
