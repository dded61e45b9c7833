// Reads the page aloud where the machine has a voice for the page's language; elsewhere the button stays hidden.

function voiceFor(language: string): SpeechSynthesisVoice | undefined {
  return window.speechSynthesis?.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(language));
}

export function readAloud(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-aloud]");
  const synthesis = window.speechSynthesis;
  if (!button || !synthesis) return;
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
