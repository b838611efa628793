/** Whether a value given to a name such as `password` is a secret, or a placeholder, a label or a piece of code. */

/** How name and value are spelled. */
export interface Spelling {
  /** The name says password; else secret, key, token. */
  readonly isPassword: boolean;
  /** The name says no more than token, which is also a word of a text: the weakest name. */
  readonly isToken: boolean;
  /** `NAME=value` on a line of its own. */
  readonly isSetting: boolean;
  /** First on its line, or a field of a query or connection string. */
  readonly place: 'line' | 'query' | 'inline';
  /** What stands between, e.g. ":". */
  readonly sign: string;
}

const placeholder =
  /^(?:(?:x{3,}|\*+|\.+|-+|_+|#+|<.*|\{.*|\$[{(].*|\$[A-Z_]+\d?|\$[a-z_]+|\$\d|%[sdvr(].*|%\w+%|\[[a-z* ].*|@\w+@)$|(?:your|change|replace|insert|enter|example|sample|placeholder|redacted|hidden|masked|dummy|todo)(?![a-z]*\d)|(?:null|nil|none|true|false|undefined|empty|required|optional|string|str|number|boolean|bool|bytes?|buffer|object|any|unknown|void|text|varchar|char|password|passwd|pwd|secret|token|key|n\/?a)$)/i;
const code =
  /^[\w$.]+\(|^[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)+$|^[A-Za-z_$][\w$]*[[<]|=>|->|::|^(?:function|async|await|new|lambda|typeof|not|and|or|if|in)\s|^[([{&|!=]|^\/.*\/[a-z]{0,4}(?:\.|$)/;
const namesItself = /pass|secret|token|key|credential/i;
const plainWord = /^[A-Za-z_$][A-Za-z_$-]*$/;

/** Letters with digits, or with marks that names do not hold. */
const looksRandom = (value: string): boolean =>
  /\p{L}/u.test(value) && /[\d!@#$%^&*+=?~]/.test(value) && !/\s/.test(value);

/** @param value what stands between quotes, or its beginning where it is long */
export function isQuotedSecret(value: string, { isPassword, isToken, isSetting }: Spelling): boolean {
  const inner = value.trim();
  if (inner === '' || placeholder.test(inner)) return false;
  if (namesItself.test(inner) && !/\d/.test(inner)) return false; // a label: "Enter your password"
  if (isPassword || isSetting) return true;
  if (isToken) return inner.length >= 8 && looksRandom(inner);
  return inner.length >= 6 && (!/\s/.test(inner) || /\d/.test(inner));
}

/** @param value a word, or the few words of a line */
export function isBareSecret(value: string, { isPassword, isSetting, place, sign }: Spelling): boolean {
  if (value.length < 4 || placeholder.test(value) || code.test(value)) return false;
  if (isSetting) return true;
  const [word = ''] = value.split(/\s/, 1);
  if (!isPassword) return word.length >= 8 && /\d/.test(word) && looksRandom(word);
  if (/^\d{4,}$/.test(word) || (word.length >= 4 && looksRandom(word))) return true;
  if (sign === '=') return place !== 'inline' || !plainWord.test(value);
  return sign === ':' && place === 'line' && value.length >= 6 && plainWord.test(value);
}
