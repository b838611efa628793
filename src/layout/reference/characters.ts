/** What the published renderer does with a character before any layout: keep, drop, escape or count as white space. */

export const ordinary = 0;
/** White space that folds into one space. */
export const blank = 1;
/** U+0020, which folds too unless another follows it. */
export const plainSpace = 2;
/** Escaped as an entity, which makes it a markup fragment of its own. */
export const entity = 3;
/** Taken out before anything else: soft hyphen and zero width space. */
export const removed = 4;
export const lineFeed = 5;

const classes = new Uint8Array(0x10000);
classes.fill(blank, 0x09, 0x0e);
classes.fill(blank, 0x1c, 0x20);
for (const code of [0x85, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000]) classes[code] = blank;
classes.fill(blank, 0x2000, 0x200b);
classes[0x20] = plainSpace;
for (const character of '&<>') classes[character.charCodeAt(0)] = entity;
classes[0xad] = removed;
classes[0x200b] = removed;
classes[0x0a] = lineFeed;

/** Class of each UTF-16 code unit; surrogates are `ordinary`. */
export const characterClasses: Readonly<Uint8Array> = classes;
