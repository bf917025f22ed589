// How a session makes itself known without being looked at: voice, sound, vibration. Each is off
// until asked for, and what was asked for is kept.
import { readState } from "./state.js";
import { change } from "./store.js";

export const SENSES = ["voice", "sound", "vibration"];

export const isHere = {
  voice: () => "speechSynthesis" in globalThis,
  sound: () => "AudioContext" in globalThis,
  vibration: () => "vibrate" in navigator,
};

export const isOn = (sense) => readState().settings[sense] === true;

export const setOn = (sense, value) =>
  change({ settings: { ...readState().settings, [sense]: value } });

export function say(text) {
  if (!isOn("voice") || !isHere.voice()) return;
  const line = new SpeechSynthesisUtterance(text);
  line.lang = document.documentElement.lang || "en";
  speechSynthesis.cancel(); // What is late is of no use.
  speechSynthesis.speak(line);
}

export const hush = () => isHere.voice() && speechSynthesis.cancel();

// A short tone, or a longer one at the end of a step.
export function signal(isEnd) {
  if (isOn("vibration")) navigator.vibrate?.(isEnd ? [200, 100, 200] : 80);
  if (!isOn("sound") || !isHere.sound()) return;
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  tone.frequency.value = isEnd ? 880 : 440;
  tone.connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + (isEnd ? 0.4 : 0.12));
  tone.onended = () => audio.close();
}
