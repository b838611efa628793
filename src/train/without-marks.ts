/** Marks such as `[p1:14] ` that lead the lines of a transcription; the line break before one belongs to it. */

export const withoutMarks = (text: string): string => text.replace(/(?:^|\n)\[p\d+:\d+\] ?/g, '');
