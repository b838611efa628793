/** What errors call this format. */
export const title = 'Anthropic Messages';
