/** How a model is asked to transcribe a page that was trained with no words of its own for it. */
export const transcribePrompt =
  'Transcribe all text on this page exactly as it is written, in reading order. Keep spelling, punctuation and line ' +
  'breaks; correct, translate and leave out nothing. Answer with the text alone.';
