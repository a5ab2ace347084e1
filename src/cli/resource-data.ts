/** Which data of a merchant a scope's resource stands for, in the words of a review. */
const DATA = new Map([
  ["accounts", "the account's name, contact details, time zone, currency and public key"],
  ["agents", "the account's AI agents and their settings"],
  ["applications", "the app's own registration"],
  ["brands", "brand names, logos, colours and voice"],
  ["campaigns", "campaigns, their messages, audiences and send times"],
  ["catalogs", "catalog items, variants, categories and back-in-stock subscriptions"],
  ["conversations", "conversations with customers: personal data"],
  ["coupons", "coupons"],
  ["coupon-codes", "coupon codes and whom they are given to"],
  ["credentials", "credentials kept for integrations: secrets"],
  ["custom-objects", "records of the account's own data types, which may hold personal data"],
  ["data-privacy", "deletion of customers' personal data"],
  ["events", "what customers did and bought: personal data"],
  ["flows", "automated flows, their actions and messages"],
  ["forms", "sign-up forms and their versions"],
  ["images", "images of the account's library"],
  ["lists", "lists and which profiles are in them"],
  ["metrics", "metrics and aggregates of events"],
  ["profiles", "customers' names, e-mail addresses, phone numbers, locations and properties: personal data"],
  ["push-tokens", "push tokens of customers' devices: personal data"],
  ["reviews", "product reviews and their authors"],
  ["segments", "segments, their definitions and which profiles are in them"],
  ["sender-config", "the domains and numbers that messages are sent from"],
  ["subscriptions", "customers' consent to e-mail, SMS and push: personal data"],
  ["tags", "tags and tag groups"],
  ["templates", "message templates"],
  ["tracking-settings", "how links are tracked (UTM parameters)"],
  ["translations", "translations of messages"],
  ["usage", "the account's use of the API and of its plan"],
  ["web-feeds", "web feeds that messages draw on"],
  ["webhooks", "webhooks and the topics they are told of"],
]);

/** What `write` does with it, where that is not to create, change or delete. */
const WRITES = new Map([
  ["data-privacy", "asks for"],
  ["events", "records"],
]);

/** A phrase without a full stop: "reads customers' names …". */
export function dataTouched(scope: string): string {
  const colon = scope.indexOf(":");
  const resource = colon < 0 ? scope : scope.slice(0, colon);
  const verb = scope.endsWith(":write") ? (WRITES.get(resource) ?? "creates, changes or deletes") : "reads";
  return `${verb} ${DATA.get(resource) ?? `${resource} of the account`}`;
}
