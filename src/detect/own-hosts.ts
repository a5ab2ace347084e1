/** Addresses of the app's own server in its own code: syntax alone, what the environment is set to is not kept. */

/** Where a server runs while it is worked on. */
const LOCAL = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?=\/)/i;
/**
 * Words of a name that say another's address: `PARTNER_URL`, `VITE_HUB_API_URL`, Klaviyo's own. `ACME_API_URL` is as
 * likely the app's as `API_URL`, where the path that follows is one of its own.
 */
const OF_ANOTHER =
  /(?:^|_)(?:PARTNERS?|VENDORS?|SUPPLIERS?|THIRD_?PARTY|3RD_?PARTY|EXTERNAL|EXT|REMOTE|HUB|HUBSPOT|SHOPIFY(?!_APP_URL$)|STRIPE|PAYPAL|MAILCHIMP|OMNISEND|SENDGRID|TWILIO|POSTMARK|SALESFORCE|ZAPIER|SLACK|META|FACEBOOK|GOOGLE|ATTENTIVE|RECHARGE|YOTPO|GORGIAS|BIGCOMMERCE|WOOCOMMERCE|MAGENTO|KLAVIYO(?!\w*_(?:PROXY|SERVICE|BACKEND|GATEWAY)(?:_|$)))(?:_|$)/i;

/** Whether a host that is not known may be the app's own, by the variable of the environment that it is, if it is one. */
export function mayBeOwnAddress(variable: string | null): boolean {
  return variable === null || !OF_ANOTHER.test(variable);
}

/** How much of a URL says that it is of a server on the machine it is worked on; 0 for another's. */
export function localHostLength(url: string): number {
  return LOCAL.exec(url)?.[0].length ?? 0;
}
