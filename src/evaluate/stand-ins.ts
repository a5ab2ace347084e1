/** Values of the environment that stand for others: told to be filled in, or the address of a secret in a store. */

const TO_BE_FILLED =
  /^(?:<[^<>]*>|\[?\.{3}\]?|x{3,}|\*{3,}|to-?do|tbd|change[-_ ]?(?:me|this|it)|replace[-_ ]?(?:me|this|it|with\b.*)|place-?holder|(?:your|insert|enter|put)[-_ ].*)$/is;

/** `op://vault/item` of 1Password, `@name` of Vercel, `ssm:/path`, `sm://`, `arn:aws:…`. */
const IN_A_STORE =
  /^(?:@[\w-]+|arn:aws[\w-]*:.*|(?:op|gc?p-?sm|sm|awssm|ssm|vault|akv|keyvault|berglas|secretref|secrets?|infisical|doppler):(?:\/|[\w-]+\/).*)$/is;

/** @returns True for a blank as well: `KLAVIYO_SCOPES=` of an `.env.example` says nothing of what the variable will be. */
export function isStandIn(text: string): boolean {
  const plain = text.trim();
  if (plain === "") return true;
  return plain.length <= 300 && (TO_BE_FILLED.test(plain) || IN_A_STORE.test(plain));
}
