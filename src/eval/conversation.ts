/** A conversation as one text, the way Glyph's pages show it: each turn after the name of who spoke. */
import { type Message, messageText, type Role } from '../model/index.ts';

const speakers: Readonly<Record<Role, string>> = {
  system: 'System',
  user: 'User',
  assistant: 'Assistant',
  tool: 'Tool',
};

export const conversationText = (messages: readonly Message[]): string =>
  messages.map(message => `${speakers[message.role]}: ${messageText(message)}`).join('\n');
