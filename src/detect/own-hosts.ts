/** Addresses of the app's own server in its own code: syntax alone, what the environment is set to is not kept. */

/** Where a server runs while it is worked on. */
const LOCAL = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?=\/)/i;
/** What bundlers want before the name of a variable that the browser may see. */
const PREFIX =
  /^(?:NEXT_PUBLIC|NUXT_PUBLIC|NUXT|VITE|REACT_APP|VUE_APP|PUBLIC|EXPO_PUBLIC|GATSBY|PLASMO_PUBLIC|WXT)_/;
/** Names that say the app's own address in all of their words: `PARTNER_URL` is another's. */
const OWN_WORDS =
  /^(?:(?:APP|APPLICATION|SITE|WEB|WEBSITE|API|BASE|ROOT|SERVER|BACK|END|BACKEND|FRONT|FRONTEND|HOST|HOSTNAME|ORIGIN|DOMAIN|URL|URI|ENDPOINT|ADDRESS|PATH|PREFIX|PUBLIC|INTERNAL|LOCAL|DEV|PROD|PRODUCTION|STAGING|PROXY|GATEWAY|SERVICE|MY|OWN|SELF|NEXTAUTH|AUTH|VERCEL|RENDER|RAILWAY|FLY|HEROKU|NGROK|TUNNEL|CLOUDFLARE|FUNCTIONS?|DEPLOY|KLAVIYO)(?:_|$))+$/;
/** Services that give an app an address name it after themselves. */
const GIVEN = /^(?:SHOPIFY_APP_URL|SUPABASE_(?:FUNCTIONS_)?URL|FIREBASE_FUNCTIONS?_URL)$/;

/** Whether a variable of the environment is the address of the app itself, by its name. */
export function isOwnAddress(variable: string): boolean {
  const plain = variable.replace(PREFIX, "");
  return GIVEN.test(plain) || OWN_WORDS.test(plain);
}

/** How much of a URL says that it is of a server on the machine it is worked on; 0 for another's. */
export function localHostLength(url: string): number {
  return LOCAL.exec(url)?.[0].length ?? 0;
}
