/** A description inside single quotes, without what zsh reads as the end of it. */
export function unquoted(text: string): string {
  return text.replaceAll("'", "").replaceAll(/[[\]:]/gu, " ");
}
