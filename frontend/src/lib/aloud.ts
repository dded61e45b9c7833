// Reads the page aloud: a clip that somebody recorded for it (data-clip); else, where the machine has a voice for the page's
// language, that voice; else the button stays hidden.

function voiceFor(language: string): SpeechSynthesisVoice | undefined {
  return window.speechSynthesis?.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(language));
}

function playClip(button: HTMLButtonElement, address: string): void {
  const clip = new Audio(address);
  button.hidden = false;
  button.addEventListener("click", () => {
    if (clip.paused) void clip.play().catch(() => undefined);
    else clip.pause();
  });
}

export function readAloud(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-aloud]");
  if (!button) return;
  const recorded = document.querySelector<HTMLElement>("[data-clip]")?.dataset.clip;
  if (recorded) return playClip(button, recorded);
  const synthesis = window.speechSynthesis;
  if (!synthesis) return;
  const language = document.documentElement.lang || "lo";
  const offer = () => (button.hidden = !voiceFor(language));
  offer();
  synthesis.addEventListener?.("voiceschanged", offer);
  button.addEventListener("click", () => {
    if (synthesis.speaking) {
      synthesis.cancel();
      return;
    }
    const parts = document.querySelectorAll<HTMLElement>("main h1, main p, main dt, main dd, main .choice-big, main label");
    const words = new SpeechSynthesisUtterance(Array.from(parts, (part) => part.innerText).join(". "));
    words.voice = voiceFor(language) ?? null;
    words.lang = language;
    synthesis.speak(words);
  });
}
