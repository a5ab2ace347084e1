const SCOPES = ["profiles:read", "list:read"].join(" ");

export function authorizeUrl(clientId, redirectUri, state, challenge) {
  const url = new URL("https://www.klaviyo.com/oauth/authorize");
  url.searchParams.set("response_type", "code");
  url.searchParams.set("client_id", clientId);
  url.searchParams.set("redirect_uri", redirectUri);
  url.searchParams.set("scope", SCOPES);
  url.searchParams.set("state", state);
  url.searchParams.set("code_challenge_method", "S256");
  url.searchParams.set("code_challenge", challenge);
  return url;
}
