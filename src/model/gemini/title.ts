/** What errors call this format. */
export const title = 'Gemini generateContent';
